import { type Column, renderTable } from "@/cli/output/table";
import type { ExploreGroup, ExploreResult } from "@/server/explore/schema";

/** An answer for people: the groups with their sums; what every bucket holds is in the JSON. */
export function exploreToText(result: ExploreResult): string {
  const { query, groups, totals, freshness, previousRange } = result;
  const columns: Column[] = [
    { title: query.groupBy.join(" / ") || query.measure },
    { title: query.measure, align: "decimal" },
    ...(previousRange ? [{ title: "before", align: "decimal" } as const] : []),
  ];
  const row = (name: string, value: string | null, before: string | null) => [
    name,
    value,
    ...(previousRange ? [before] : []),
  ];
  const rows = groups.map((group) => row(nameOf(group), group.total, group.previousTotal));
  const table = renderTable(columns, [
    ...(query.groupBy.length > 0 ? rows : []),
    row("total", totals.value, totals.previous),
  ]);
  const unsure = result.buckets.filter(({ state }) => state !== "known").map(({ start }) => start);
  const lines = [freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely."];
  if (unsure.length > 0) lines.push(`Not closed or not fetched completely: ${unsure.join(", ")}.`);
  return `${table}\n\n${lines.join("\n")}`;
}

function nameOf({ kind, labels }: ExploreGroup): string {
  if (kind === "other") return "other";
  if (kind === "unattributed") return "unattributed";
  return labels.map(({ key, name }) => name ?? key ?? "unattributed").join(" / ");
}
