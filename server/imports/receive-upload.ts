import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { OrgAccess } from "@/server/auth/scope";
import { type Limit, throttle } from "@/server/auth/throttle";
import { env } from "@/server/env";
import { MAX_FILE_BYTES } from "@/server/imports/constants";
import { RefusedFile } from "@/server/imports/refusal";
import type { ImportedFile, UploadAnswer, UploadInput } from "@/server/imports/schema";
import { createDraft, type Staged, stageFile } from "@/server/imports/stage-file";
import { MS_PER_DAY, MS_PER_HOUR } from "@/server/lib/time";

const uploads: Limit = { name: "import:upload", max: 600, windowSeconds: MS_PER_HOUR / 1000 };

/**
 * Writes an uploaded file to disk as it arrives, reads it into an import, and removes it.
 * @returns what it was recognised as, or why it was refused
 * @throws AppError limit, not_found, conflict
 */
export async function receiveUpload(
  access: OrgAccess,
  { import: given, name }: UploadInput,
  request: Pick<Request, "body" | "signal">,
): Promise<UploadAnswer> {
  await throttle({ limit: uploads, subject: access.org.id });
  const importId = given ?? (await createDraft(access)).importId;
  const folder = await makeFolder();
  try {
    const file = path.join(folder, "upload");
    await save(request, file);
    return { importId, file: toImportedFile(await stageFile(access, { importId, path: file, name })), refusal: null };
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    const { refusal: code, place, what, message } = error;
    return { importId, file: null, refusal: { code, place, what, message } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const toImportedFile = ({ days, openDays, ...file }: Staged): ImportedFile => ({
  ...file,
  firstDay: days[0] ?? null,
  lastDay: days.at(-1) ?? null,
  days: days.length,
  openDays: openDays.length,
});

/** Of its own for each upload, readable by nobody else. What a killed process left there goes after a day. */
async function makeFolder(): Promise<string> {
  const root = path.join(env().TOLLKEEPER_HOME ?? tmpdir(), "uploads");
  await mkdir(root, { recursive: true, mode: 0o700 });
  for (const name of await readdir(root)) {
    const left = path.join(root, name);
    const { mtimeMs } = await stat(left).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - MS_PER_DAY) await rm(left, { recursive: true, force: true });
  }
  return mkdtemp(path.join(root, "file-"));
}

/** @throws RefusedFile as soon as it turns out too large, whatever its headers promised */
async function save({ body, signal }: Pick<Request, "body" | "signal">, file: string) {
  let bytes = 0;
  const bound = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > MAX_FILE_BYTES) done(new RefusedFile("too_large"));
      else done(null, chunk);
    },
  });
  const source = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
  await pipeline(source, bound, createWriteStream(file, { mode: 0o600 }), { signal });
}
