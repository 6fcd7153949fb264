import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { KEY_BYTES, type MasterKey, parseMasterKeys } from "@/server/lib/master-key-text";
import { replaceFile } from "@/server/lib/replace-file";

/** Read anew each time: a key that another process added counts at once, without a restart. */
function masterKeys(): MasterKey[] {
  const { MASTER_KEYS, MASTER_KEYS_FILE } = env();
  return MASTER_KEYS_FILE ? parseMasterKeys(readFileSync(MASTER_KEYS_FILE, "utf8")) : (MASTER_KEYS ?? []);
}

/** @throws AppError internal when the key is not configured: nothing it wrapped can be opened. */
export function masterKeyOf(version: string): Buffer {
  const found = masterKeys().find((key) => key.version === version);
  if (found) return found.key;
  throw new AppError("internal", "master_key_missing", {
    message: "A secret cannot be opened: its master key is not configured.",
    details: { masterKeyVersion: version },
  });
}

/** What new data keys are wrapped with. */
export function currentMasterKey(): MasterKey {
  const current = masterKeys().at(-1);
  if (!current) throw new Error("there is no master key");
  return current;
}

/**
 * Appends a new key to the file and makes it the current one; older ones stay, backups may need them. Where the keys come
 * from MASTER_KEYS itself nothing is done: the operator adds the new one at its end. One caller at a time.
 * @throws AppError precondition where the file cannot be replaced, as a mounted secret
 */
export function addMasterKey(): void {
  const file = env().MASTER_KEYS_FILE;
  if (!file) return;
  const keys = [...masterKeys(), { version: nextVersion(masterKeys()), key: randomBytes(KEY_BYTES) }];
  try {
    replaceFile(file, keys.map(({ version, key }) => `${version}:${key.toString("base64")}\n`).join(""));
  } catch (error) {
    throw explainUnwritable(error, file);
  }
}

/** Counted for people; the rest keeps apart keys that were made on two machines, or before and after a backup came back. */
function nextVersion(keys: readonly MasterKey[]): string {
  const newest = Math.max(0, ...keys.map(({ version }) => Number(/^v(\d+)(-|$)/.exec(version)?.[1] ?? 0)));
  return `v${newest + 1}-${randomBytes(4).toString("hex")}`;
}

function explainUnwritable(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!["EACCES", "EPERM", "EROFS", "EBUSY"].includes(code)) return error;
  return new AppError("precondition", "server_misconfigured", {
    message:
      `${file} cannot be replaced by this user from here (${code}). Run this as the user whose file it is. Where it is a ` +
      "mounted secret, add a key as its last line where it is kept, then wrap with that one: " +
      `MASTER_KEYS="$(cat ${file})" MASTER_KEYS_FILE= npm run tk -- keys rotate-master`,
    cause: error,
  });
}
