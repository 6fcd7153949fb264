/** 32-bit FNV-1a of a text. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** Mixes two 32-bit numbers into one; the avalanche of murmur3's finalizer. */
export function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ Math.imul(right, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** A 32-bit hash as a fraction in [0, 1). */
export function unit(hash: number): number {
  return (hash >>> 0) / 4294967296;
}

const idAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** A stable id in the provider's style, e.g. `proj_Xy12...`: the same label and seed always give the same id. */
export function stableId(prefix: string, label: string, length = 24): string {
  const base = hashText(`${prefix}|${label}`);
  let id = prefix;
  for (let index = 0; index < length; index += 1) {
    id += idAlphabet[mix(base, index + 1) % idAlphabet.length];
  }
  return id;
}
