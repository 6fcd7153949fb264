import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "@/scripts/lib/errors.mjs";

type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * Writes a file that only its owner can read, and that is there only once it is whole. An older one is replaced.
 * @returns how many bytes it has
 * @throws UserError when it cannot be written; what reading `pieces` throws
 */
export async function writeWhole(file: string, pieces: Pieces): Promise<number> {
  const before = await stat(file).catch(() => null);
  if (before && !before.isFile()) throw new UserError(`${file} is not a file.`);
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
    return (await stat(file)).size;
  } catch (error) {
    await rm(part, { force: true });
    throw isOfFile(error, part) ? new UserError(`${file} cannot be written (${error.code}).`) : error;
  }
}

const isOfFile = (error: unknown, file: string): error is NodeJS.ErrnoException =>
  error instanceof Error && "path" in error && error.path === file;
