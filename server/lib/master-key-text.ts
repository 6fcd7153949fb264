/** A versioned 32-byte key that wraps data keys. */
export type MasterKey = { version: string; key: Buffer };

export const KEY_BYTES = 32;

/**
 * Reads "version:base64" entries, separated by commas or lines; the last is the current one.
 * @throws Error that names the entry, never its value.
 */
export function parseMasterKeys(text: string): MasterKey[] {
  const entries = text.split(/[,\n]/).map((entry) => entry.trim());
  const keys = entries.filter(Boolean).map((entry, i) => {
    const [version = "", base64 = ""] = entry.split(/:(.*)/s);
    const key = Buffer.from(base64, "base64");
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(version)) throw new Error(`entry ${i + 1} must be version:base64`);
    if (key.length !== KEY_BYTES) throw new Error(`key ${version} must decode to 32 bytes, it has ${key.length}`);
    return { version, key };
  });
  if (keys.length === 0) throw new Error("there is no key");
  if (new Set(keys.map(({ version }) => version)).size < keys.length) throw new Error("two keys have the same version");
  return keys;
}
