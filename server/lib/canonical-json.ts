/**
 * One text for equal JSON values, whatever the order of their keys (as in RFC 8785, for values that JSON.stringify takes):
 * what PostgreSQL's jsonb gives back hashes like what was written.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isPlainObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
