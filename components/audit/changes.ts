import type { JsonObject } from "@/server/audit/schema";

/** One field that an event tells of; undefined where one side does not have it. */
export type Change = { field: string; before: string | undefined; after: string | undefined };

/** What was before and after, field by field, as text. */
export function listChanges(before: JsonObject | null, after: JsonObject | null): Change[] {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields.map((field) => ({ field, before: textOf(before, field), after: textOf(after, field) }));
}

function textOf(values: JsonObject | null, field: string): string | undefined {
  if (!values || !Object.hasOwn(values, field)) return undefined;
  const value = values[field];
  if (Array.isArray(value) && value.every((part) => typeof part === "string")) return value.join("\n");
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
