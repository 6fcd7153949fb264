import { CommanderError } from "commander";
import { UsageError } from "@/cli/command";
import { knownCause, UserError } from "@/scripts/lib/errors.mjs";
import { AppError, type ErrorCode } from "@/server/lib/errors";
import { redactText } from "@/server/lib/redact";
import { printable } from "@/cli/output/width";

/** `code` is for programs, `message` for people; "usage" when the command was typed wrongly. */
export type DescribedError = { code: ErrorCode | "usage"; message: string };

/** What went wrong: never a stack, never a secret. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof CommanderError) return { code: "usage", message: error.message.replace(/^error: /, "") };
  if (error instanceof UsageError) return { code: "usage", message: error.message };
  if (isInputError(error)) return { code: "usage", message: describeIssues(error.issues) };
  if (error instanceof UserError) return { code: "precondition", message: error.message };
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: "internal", message: knownCause(error) ?? `It failed unexpectedly: ${firstLine(error)}` };
}

type InputError = { issues: readonly { path: readonly PropertyKey[]; message: string }[] };

/** By shape: zod is loaded only by the commands that use it. */
const isInputError = (error: unknown): error is InputError =>
  error instanceof Error && error.name === "ZodError" && "issues" in error && Array.isArray(error.issues);

/** Zod's messages name what is expected and do not repeat the value. */
const describeIssues = (issues: InputError["issues"]) =>
  issues.map(({ path, message }) => `${path.join(".") || "The input"}: ${message}.`).join(" ");

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Prisma puts the cause last, under a drawing of the call.
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const line = message.includes("invocation") ? lines.at(-1) : lines[0];
  // URLs with passwords and keys of the provider can stand in the messages of libraries.
  return redactText(printable(line ?? "no reason was given"));
}
