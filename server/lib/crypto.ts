import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Layout of a sealed value: version (1 byte, 0x01) | nonce (12) | tag (16) | ciphertext. AES-256-GCM. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const generateKey = () => randomBytes(32);

/**
 * Encrypts `plain` under a 32-byte key. `context` is authenticated but not stored: opening needs the same text, so a
 * ciphertext copied to another row does not open there.
 */
export function seal(plain: Uint8Array, key: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(context, "utf8"));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return new Uint8Array(Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), body]));
}

/** @throws Error when the key, the context or the bytes are not the ones that sealed the value. */
export function open(sealed: Uint8Array, key: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 1 + NONCE_BYTES + TAG_BYTES || bytes[0] !== FORMAT) throw new Error("not a sealed value");
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAAD(Buffer.from(context, "utf8"));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
