import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("bin.mjs", import.meta.url));

export type CliResult = { code: number | null; out: string; err: string };

/** The command as a person starts it: a process of its own, here from a directory that is not the checkout. */
export function startCli(
  args: readonly string[],
  { env, input = "" }: { env: Record<string, string | undefined>; input?: string },
) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: "/", env: env as NodeJS.ProcessEnv });
  const result: CliResult = { code: null, out: "", err: "" };
  child.stdout.on("data", (text) => (result.out += text));
  child.stderr.on("data", (text) => (result.err += text));
  child.stdin.end(input);
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...result, code }));
  });
  return { ended, kill: (signal: NodeJS.Signals) => child.kill(signal), soFar: result };
}
