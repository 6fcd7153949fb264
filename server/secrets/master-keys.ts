import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { KEY_BYTES, type MasterKey, parseMasterKeys } from "@/server/lib/master-key-text";

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
 * from MASTER_KEYS itself nothing is done: the operator adds the new one at its end.
 */
export function addMasterKey(): MasterKey | null {
  const file = env().MASTER_KEYS_FILE;
  if (!file) return null;
  const keys = masterKeys();
  const newest = Math.max(0, ...keys.map(({ version }) => Number(/^v(\d+)$/.exec(version)?.[1] ?? 0)));
  const added = { version: `v${newest + 1}`, key: randomBytes(KEY_BYTES) };
  writeKeys(file, [...keys, added]);
  return added;
}

/** Replaced in one step: a reader sees the old keys or the new ones, and a crash loses none. */
function writeKeys(file: string, keys: readonly MasterKey[]) {
  const text = keys.map(({ version, key }) => `${version}:${key.toString("base64")}\n`).join("");
  writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
