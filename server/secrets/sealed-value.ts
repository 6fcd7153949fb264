import { open, seal } from "@/server/lib/crypto";

/** A data key in the clear, for the length of one seal or open. Never stored, logged or returned further. */
export type DataKey = { version: number; key: Buffer };

/** Layout: data key version (4 bytes, big endian) | sealed value. */
export function sealWith({ version, key }: DataKey, plain: string, context: string): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(version);
  return new Uint8Array(Buffer.concat([header, seal(Buffer.from(plain, "utf8"), key, context)]));
}

/** The version of the data key that a stored value was sealed with. */
export const versionOf = (stored: Uint8Array): number => Buffer.from(stored).readUInt32BE(0);

/** @throws Error when the key, the context or the bytes are not the ones that sealed the value. */
export const openWith = ({ key }: DataKey, stored: Uint8Array, context: string): string =>
  open(Buffer.from(stored).subarray(4), key, context).toString("utf8");
