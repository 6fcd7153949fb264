import { Command, CommanderError } from "commander";
import type { Outcome, Standard, Work } from "@/cli/command";
import { commandGroups, commands } from "@/cli/commands";
import { describeError } from "@/cli/describe-error";
import { version } from "@/package.json";
import { toJson } from "@/server/lib/exact-json-text";
import { progressLine } from "@/cli/output/progress";

type Output = {
  /** False: it has enough for now, and says when it can take more. */
  write: (text: string) => unknown;
  once?: (event: "drain", listener: () => void) => unknown;
  isTTY?: boolean;
};

export type CliEnvironment = Standard & {
  stdout: Output;
  stderr: Output;
  defer: (undo: () => unknown) => void;
};

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** Runs one command line and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage. */
export async function runCli(args: readonly string[], environment: CliEnvironment): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = createProgram(environment, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const { code, message } = describeError(error);
    // What was typed wrongly, Commander has said already.
    if (!(error instanceof CommanderError)) environment.stderr.write(`${message}\n`);
    if (args.includes("--json")) environment.stdout.write(`${toJson({ error: { code, message } })}\n`);
    return code === "usage" ? exitCodes.usage : exitCodes.failed;
  }
}

type SetExitCode = (code: number) => void;

function createProgram(environment: CliEnvironment, setExitCode: SetExitCode): Command {
  const program = new Command("tollkeeper")
    .description("OpenAI spend for organizations, from the terminal. Days are UTC days; --to is exclusive.")
    .version(version, "--version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
    })
    .showHelpAfterError("(add --help for the options)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 refused or failed, 2 wrong usage.\n" +
        'With --json, standard output holds one JSON document; of a refusal: {"error":{"code","message"}}.\n' +
        "Works beside a running Tollkeeper, or starts its database for the length of the command.",
    );
  const groups = new Map<string, Command>();
  for (const definition of commands) {
    const [first = "", second] = definition.name.split(" ");
    const group = second === undefined ? program : (groups.get(first) ?? addGroup(program, groups, first));
    const command = group.command(second ?? first);
    definition.attach(command, async (prepare) => {
      const outcome = await execute(await prepare(environment), environment);
      const isJson = command.opts<{ json?: boolean }>().json === true;
      if (outcome) environment.stdout.write(`${isJson ? toJson(outcome.json) : outcome.text}\n`);
      setExitCode(outcome?.hasFailed ? exitCodes.failed : exitCodes.done);
    });
  }
  return program;
}

function addGroup(program: Command, groups: Map<string, Command>, name: string): Command {
  const group = program.command(name).description(commandGroups[name] ?? "");
  groups.set(name, group);
  return group;
}

async function execute(work: Work, { stdout, stderr, defer }: CliEnvironment): Promise<Outcome | null> {
  const note = (message: string) => stderr.write(`${message}\n`);
  const line = progressLine(stderr);
  const { openInstallation } = await import("@/cli/installation");
  await openInstallation({ note, defer });
  const write = (text: string) => writeTo(stdout, text);
  return work({ note, progress: line.show, write, onStop: defer }).finally(line.clear);
}

async function writeTo(output: Output, text: string): Promise<void> {
  if (output.write(text) === false) await new Promise<void>((resolve) => output.once?.("drain", resolve));
}
