import type { DayRange } from "@/server/usage/schema";

/** One entry of the menu, and what it asks for. */
export const tableChoices = [
  { name: "csv", asks: { format: "csv" } },
  { name: "csvForExcel", asks: { format: "csv", bom: "1" } },
  { name: "json", asks: { format: "json" } },
  { name: "ndjson", asks: { format: "ndjson" } },
  { name: "parquet", asks: { format: "parquet" } },
  { name: "manifest", asks: { format: "csv", manifest: "1" } },
] as const;

export const factsChoices = [
  { name: "factsCsv", asks: { format: "csv", facts: "costs" } },
  { name: "factsParquet", asks: { format: "parquet", facts: "costs" } },
  { name: "focus", asks: { format: "focus" } },
] as const;

export type ExportChoice = (typeof tableChoices)[number] | (typeof factsChoices)[number];

type Wanted = { range: DayRange; groupBy: string; choice: ExportChoice };

/** Where an export is downloaded from; facts and FOCUS are not grouped. */
export function exportPath(org: string, { range, groupBy, choice }: Wanted): string {
  const isGrouped = !factsChoices.some(({ name }) => name === choice.name);
  const parameters = new URLSearchParams({ ...range, ...choice.asks, ...(isGrouped && { group_by: groupBy }) });
  return `/api/orgs/${encodeURIComponent(org)}/exports?${parameters}`;
}
