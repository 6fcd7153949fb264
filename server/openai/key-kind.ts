export type KeyKind = "admin" | "project" | "service_account" | "user" | "malformed";

const prefixes: [string, KeyKind][] = [
  ["sk-admin-", "admin"],
  ["sk-proj-", "project"],
  ["sk-svcacct-", "service_account"],
  ["sk-", "user"],
];

/** What kind of OpenAI key the text looks like. Only "admin" can open the organization API. */
export function keyKind(key: string): KeyKind {
  const match = prefixes.find(([prefix]) => key.startsWith(prefix));
  if (!match) return "malformed";
  const [prefix, kind] = match;
  return /^[\w-]{4,}$/.test(key.slice(prefix.length)) ? kind : "malformed";
}

/** Whether `redacted`, as the provider lists keys ("sk-admin-…wXyZ", "sk-a***1234"), can stand for `key`. */
export function matchesRedacted(key: string, redacted: string): boolean {
  const parts = redacted.split(/[*.…•]+/);
  if (parts.length !== 2) return false;
  const [start = "", end = ""] = parts;
  return end.length >= 3 && key.length > start.length + end.length && key.startsWith(start) && key.endsWith(end);
}
