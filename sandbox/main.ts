import { startSandbox, type StartOptions } from "./server";

/** Reads the sandbox's environment; throws a sentence for a value that makes no sense. */
function readEnvironment(env: NodeJS.ProcessEnv): StartOptions {
  const integer = (name: string, fallback: number, min: number): number => {
    const text = env[name];
    if (text === undefined || text === "") return fallback;
    const value = Number(text);
    if (!Number.isInteger(value) || value < min)
      throw new Error(`${name} must be a whole number of at least ${min}, not "${text}"`);
    return value;
  };
  const options: StartOptions = {
    port: integer("SANDBOX_PORT", 4010, 0),
    host: env.SANDBOX_HOST || "127.0.0.1",
    seed: integer("SANDBOX_SEED", 1, 0),
    scale: integer("SANDBOX_SCALE", 1, 1),
    historyDays: integer("SANDBOX_HISTORY_DAYS", 400, 1),
  };
  if (env.SANDBOX_NOW) options.now = env.SANDBOX_NOW;
  return options;
}

async function main(): Promise<void> {
  const sandbox = await startSandbox(readEnvironment(process.env));
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Only now: whoever waits for this line may end the process at once.
  console.log(`sandbox: admin API at ${sandbox.url}, control at ${sandbox.origin}/control`);
}

main().catch((error: unknown) => {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  const reason = isTaken
    ? `port ${process.env.SANDBOX_PORT || 4010} is already in use`
    : error instanceof Error
      ? error.message
      : String(error);
  console.error(`sandbox: cannot start: ${reason}`);
  process.exit(1);
});
