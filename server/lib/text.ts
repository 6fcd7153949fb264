/** Text as PostgreSQL can hold it: without NUL, and with U+FFFD for half a surrogate pair. */
export const storableText = (text: string) => text.replaceAll("\0", "").toWellFormed();

/** The same for every text of a JSON value, keys included. */
export function storableJson<T>(value: T): T {
  return storable(value) as T;
}

function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]));
}
