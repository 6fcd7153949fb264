import type { BreakdownDimension } from "@/server/usage/schema";

/** The page of each dimension below an organization. */
export const dimensionPages = {
  project: "projects",
  user: "people",
  api_key: "keys",
  model: "models",
} as const satisfies Record<BreakdownDimension, string>;
export type DimensionPage = (typeof dimensionPages)[BreakdownDimension];

const NOBODY = "unattributed";
// These would be read as something else: the row of nobody, a step in the path, our own escape.
const needsEscape = (key: string) => key === NOBODY || key === "." || key === ".." || key.startsWith("~");

/** A member's key as one segment of a path; null, what is attributed to nobody, has a segment of its own. */
export function toSegment(key: string | null): string {
  if (key === null) return NOBODY;
  return encodeURIComponent(needsEscape(key) ? `~${key}` : key);
}

/** Back from a segment as the router hands it over, still percent-encoded; malformed escapes stay as they are. */
export function fromSegment(segment: string): string | null {
  const text = decode(segment);
  if (text === NOBODY) return null;
  return text.startsWith("~") ? text.slice(1) : text;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
