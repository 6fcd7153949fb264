import { UsageError } from "@/cli/command";
import { knownCause, UserError } from "@/scripts/lib/errors.mjs";
import { AppError } from "@/server/lib/errors";
import { redactText } from "@/server/lib/redact";
import { printable } from "@/cli/output/width";

type Described = { sentence: string; isUsage: boolean };

/** What went wrong, for a person: never a stack, never a secret. */
export function describeError(error: unknown): Described {
  if (error instanceof UsageError) return { sentence: error.message, isUsage: true };
  if (error instanceof UserError) return { sentence: error.message, isUsage: false };
  if (error instanceof AppError) return { sentence: error.message, isUsage: false };
  if (isInputError(error)) return { sentence: describeIssues(error.issues), isUsage: true };
  return { sentence: knownCause(error) ?? `It failed unexpectedly: ${firstLine(error)}`, isUsage: false };
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
