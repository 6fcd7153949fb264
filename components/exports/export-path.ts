import { formatFilter } from "@/server/explore/constants";
import type { ExploreQuery } from "@/server/explore/schema";
import type { ExploreRows } from "@/server/exports/constants";
import type { DayRange } from "@/server/usage/schema";

/** Parameters of an export, as they stand in its address. */
type Asks = Readonly<Record<string, string>>;

/** A part of the menu: what its entries have in common, and each entry's own. */
export type ExportSection = {
  title: "table" | "steps" | "groups" | "facts";
  asks: Asks;
  choices: readonly { name: keyof typeof formats; asks: Asks }[];
};

const formats = {
  csv: { format: "csv" },
  csvForExcel: { format: "csv", bom: "1" },
  json: { format: "json" },
  ndjson: { format: "ndjson" },
  parquet: { format: "parquet" },
  manifest: { format: "csv", manifest: "1" },
  groupsCsv: { format: "csv" },
  groupsParquet: { format: "parquet" },
  factsCsv: { format: "csv", facts: "costs" },
  factsParquet: { format: "parquet", facts: "costs" },
  focus: { format: "focus" },
} as const;

const choose = (...names: (keyof typeof formats)[]) => names.map((name) => ({ name, asks: formats[name] }));

const everyFormat = choose("csv", "csvForExcel", "json", "ndjson", "parquet", "manifest");

/** Spend by the groups of a page, and every charge behind it. @param groupBy as the command line names groups: "day,project" */
export const spendSections = (groupBy: string): ExportSection[] => [
  { title: "table", asks: { group_by: groupBy }, choices: everyFormat },
  { title: "facts", asks: {}, choices: choose("factsCsv", "factsParquet", "focus") },
];

/** What an answer of the Explore page draws, and what its table says. */
export const exploreSections = (query: ExploreQuery): ExportSection[] => [
  { title: "steps", asks: askExplore(query, "steps"), choices: everyFormat },
  { title: "groups", asks: askExplore(query, "groups"), choices: choose("groupsCsv", "groupsParquet") },
];

/** A question of the Explore page, without its days. */
export function askExplore(
  { measure, groupBy, granularity, zone, filters, compare, top, tag }: ExploreQuery,
  rows: ExploreRows,
): Asks {
  const filter = filters.map(formatFilter).join(";");
  const question = { dataset: "explore", measure, granularity, zone, compare, top: String(top), rows };
  return { ...question, group_by: groupBy.join(","), ...(filter && { filter }), ...(tag !== null && { tag }) };
}

/** Where an export is downloaded from. */
export function exportPath(org: string, range: DayRange, asks: Asks): string {
  return `/api/orgs/${encodeURIComponent(org)}/exports?${new URLSearchParams({ ...range, ...asks })}`;
}
