import { type Column, renderTable } from "@/cli/output/table";
import { moverDimensions, whyEffects } from "@/server/explore/constants";
import type { WhyResult, WhyRow } from "@/server/explore/schema";

const effectNames = {
  volume: "volume: more or fewer tokens",
  mix: "mix: other projects, models, input or output",
  cache: "cache: input from the cache",
  tier: "tier: batch, flex, priority",
  price: "price of a token",
  unexplained: "not explained by usage",
};

/** A difference taken apart, for people: the parts, and who moved most. */
export function whyToText(result: WhyResult): string {
  const { range, previousRange, state, effects, freshness } = result;
  if (!previousRange || state === "not_comparable") return "The spend of the period before is not known completely.";
  const parts = whyEffects.map((effect) => [effectNames[effect], effects?.[effect]]);
  const sums = renderTable(
    [{ title: "" }, { title: "cost", align: "decimal" }],
    [
      [`before (${previousRange.from} to ${previousRange.to})`, result.before],
      ...(effects ? parts : []),
      [`after (${range.from} to ${range.to})`, result.after],
      ["difference", result.difference],
    ],
  );
  const remark = effects ? [] : ["Usage of some of these days was not fetched: only movers can be told."];
  const asOf = freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely.";
  return [
    sums,
    ...moverDimensions.flatMap((dimension) => moversText(dimension, result.movers[dimension])),
    ...remark,
    asOf,
  ].join("\n\n");
}

function moversText(dimension: string, rows: readonly WhyRow[] | undefined): string[] {
  if (!rows) return [];
  const columns: Column[] = [
    { title: dimension },
    { title: "before", align: "decimal" },
    { title: "after", align: "decimal" },
    { title: "difference", align: "decimal" },
  ];
  return [
    renderTable(
      columns,
      rows.map((row) => [nameOf(row), row.before, row.after, row.difference]),
    ),
  ];
}

function nameOf({ label, count }: WhyRow): string {
  if (label === null) return `${count} others`;
  return label.name ?? label.key ?? "unattributed";
}
