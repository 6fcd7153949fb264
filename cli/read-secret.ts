import type { Standard } from "@/cli/command";
import { UsageError } from "@/cli/command";

const MAX_CHARACTERS = 10_000;

/**
 * A secret from standard input, without the line's end. Never asked for at a terminal, which would show it.
 * @throws UsageError
 */
export async function readSecret({ stdin }: Standard, option: string): Promise<string> {
  if (stdin.isTTY)
    throw new UsageError(`${option} reads from standard input, not from the keyboard: append "< file", or pipe it in.`);
  let text = "";
  stdin.setEncoding("utf8");
  for await (const piece of stdin) {
    text += piece;
    if (text.length > MAX_CHARACTERS) throw new UsageError(`${option}: standard input is too long for a secret.`);
  }
  const secret = text.replace(/\r?\n$/, "");
  if (secret.trim() === "") throw new UsageError(`${option}: standard input is empty.`);
  return secret;
}
