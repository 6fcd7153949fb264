import { Command, CommanderError } from "commander";
import { type CliCommand, type CommandContext, type Standard } from "@/cli/command";
import { commandGroups, commands } from "@/cli/commands";
import { describeError } from "@/cli/describe-error";
import { toJson } from "@/cli/output/json";
import { progressLine } from "@/cli/output/progress";

type Output = { write: (text: string) => unknown; isTTY?: boolean };

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
    // Commander has said already what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const { sentence, isUsage } = describeError(error);
    environment.stderr.write(`${sentence}\n`);
    return isUsage ? exitCodes.usage : exitCodes.failed;
  }
}

function createProgram(environment: CliEnvironment, setExitCode: (code: number) => void): Command {
  const program = new Command("tollkeeper")
    .description("OpenAI spend for organizations, from the terminal. Days are UTC days; --to is exclusive.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
    })
    .showHelpAfterError("(add --help for the options)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 refused or failed, 2 wrong usage.\n" +
        "Works beside a running Tollkeeper, or starts its database for the length of the command.",
    );
  const groups = new Map<string, Command>();
  for (const command of commands) {
    const [first = "", second] = command.name.split(" ");
    const group = second === undefined ? program : (groups.get(first) ?? addGroup(program, groups, first));
    attach(command, group.command(second ?? first), environment, setExitCode);
  }
  return program;
}

function addGroup(program: Command, groups: Map<string, Command>, name: string): Command {
  const group = program.command(name).description(commandGroups[name] ?? "");
  groups.set(name, group);
  return group;
}

function attach(
  definition: CliCommand,
  command: Command,
  environment: CliEnvironment,
  setExitCode: (code: number) => void,
) {
  definition.attach(command, async (prepare) => {
    const work = await prepare(environment);
    const note = (message: string) => environment.stderr.write(`${message}\n`);
    const line = progressLine(environment.stderr);
    const { openInstallation } = await import("@/cli/installation");
    await openInstallation({ note, defer: environment.defer });
    const context: CommandContext = { note, progress: line.show, onStop: environment.defer };
    const outcome = await work(context).finally(line.clear);
    const isJson = command.opts<{ json?: boolean }>().json === true;
    environment.stdout.write(`${isJson ? toJson(outcome.json) : outcome.text}\n`);
    setExitCode(outcome.hasFailed ? exitCodes.failed : exitCodes.done);
  });
}
