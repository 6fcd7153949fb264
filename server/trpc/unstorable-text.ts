import { AppError } from "@/server/lib/errors";

/** PostgreSQL's code for text with bytes that it keeps nowhere. Prisma has it in its message, the driver as `code`. */
const CODE = "22021";

/**
 * The refusal of input that holds a NUL character, which PostgreSQL stores in no text. Nobody types one, so it is not
 * looked for in every input; null for every other error.
 */
export function unstorableText(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null;
  const isIt = ("code" in error && error.code === CODE) || error.message.includes(`Code: \`${CODE}\``);
  return isIt ? new AppError("invalid", "invalid_input", { message: "This text cannot be stored." }) : null;
}
