import type { Readable } from "node:stream";
import type { Command } from "commander";
import type { JsonValue } from "@/server/lib/exact-json-text";

export type Standard = { stdin: Readable & { isTTY?: boolean } };

/** What a command is given while it works. */
export type CommandContext = {
  /** For people, on standard error: remarks, and progress as one line that changes while a terminal shows it. */
  note: (message: string) => void;
  progress: (line: string) => void;
  /** Standard output, for results too long to be held as a whole; waits while nobody reads. */
  write: (text: string) => Promise<void>;
  /** Fires when the command is told to stop; what `undo` returns is waited for. */
  onStop: (undo: () => unknown) => void;
};

export type Outcome = {
  json: JsonValue;
  text: string;
  /** Done, but not as wanted: the exit code is 1. */
  hasFailed?: boolean;
};

/** Null: what there is to say was written already. */
export type Work = (context: CommandContext) => Promise<Outcome | null>;

type Definition<Options> = {
  /** As typed: "costs", "user create". */
  name: string;
  summary: string;
  define: (command: Command) => Command;
  /**
   * Checks what was typed, before any database is opened, and returns the work.
   * @throws UsageError, or zod's error, for what cannot be meant
   */
  prepare: (options: Options, standard: Standard, args: readonly string[]) => Work | Promise<Work>;
};

export type CliCommand = {
  name: string;
  attach: (command: Command, execute: (prepare: (standard: Standard) => Work | Promise<Work>) => Promise<void>) => void;
};

/** One command: a thin adapter from options to a verb. Verbs are imported when it works, so that help comes at once. */
export const defineCommand = <Options extends object>(definition: Definition<Options>): CliCommand => ({
  name: definition.name,
  attach: (parent, execute) => {
    const command = definition.define(parent.description(definition.summary)).option("--json", "print JSON");
    command.action(() => execute((standard) => definition.prepare(command.opts<Options>(), standard, command.args)));
  },
});

/** The command was typed wrongly: exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
