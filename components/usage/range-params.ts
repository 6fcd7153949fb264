import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** Presets as they read in an address. */
export const rangeTokens = [
  "today",
  "yesterday",
  "last-7-days",
  "last-30-days",
  "last-90-days",
  "this-month",
  "last-month",
  "month-to-date",
] as const;
export type RangeToken = (typeof rangeTokens)[number];

/** The range of a data page in its address: a preset, or UTC days from (inclusive) and to (exclusive). */
export const rangeParams = {
  range: parseAsStringLiteral(rangeTokens),
  from: parseAsString,
  to: parseAsString,
};

export type RangeState = { range: RangeToken | null; from: string | null; to: string | null };

export const loadRange = createLoader(rangeParams);

/** "?range=last-7-days", or nothing for the usual range: every link from page to page carries it on. */
export const rangeSuffix = createSerializer(rangeParams);
