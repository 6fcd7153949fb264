import { hash } from "node:crypto";

const names = new Map<string, string>();

/**
 * A statement that each connection parses and plans once, whatever the values: for the few that run for every part of a
 * sync, with a text that does not depend on data.
 */
export const prepared = (text: string, values: unknown[]) => ({ name: nameOf(text), text, values });

/** PostgreSQL keeps prepared statements by name: another text is another name. */
function nameOf(text: string): string {
  const name = names.get(text) ?? hash("sha1", text);
  names.set(text, name);
  return name;
}
