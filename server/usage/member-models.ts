import type { OrgScope } from "@/server/auth/scope";
import { sumDecimals } from "@/server/lib/money";
import { coverageOf } from "@/server/usage/coverage";
import { toDailySeries, topKeys } from "@/server/usage/daily-series";
import { modelOfLineItem } from "@/server/usage/normalise";
import { costStreamOf } from "@/server/usage/page-streams";
import type { MemberInput, MemberModels } from "@/server/usage/schema";
import { spendOfMember } from "@/server/usage/spend.sql";

/**
 * What one member cost by day and model, for a stacked chart. A line item that names no model (tools, storage, bare names)
 * stands for itself: nothing is left out.
 */
export async function getMemberModels(scope: OrgScope, { dimension, key, range }: MemberInput): Promise<MemberModels> {
  const rows = await spendOfMember(scope, { dimension, key }, range);
  const stream = costStreamOf(dimension);
  const { costs, freshness } = await coverageOf(scope, { streams: [stream], range });
  const amounts = rows.map(({ day, lineItem, amount }) => ({
    day,
    key: modelOfLineItem(lineItem) ?? lineItem ?? "",
    amount,
  }));
  const models = new Set(rows.flatMap(({ lineItem }) => modelOfLineItem(lineItem) ?? []));
  const sums = [...Map.groupBy(amounts, (row) => row.key)].map(([name, own]) => ({
    key: name,
    amount: sumDecimals(own.map(({ amount }) => amount)),
  }));
  const keys = topKeys(sums);
  return {
    amount: rows.length > 0 || costs[stream].some(range) ? sumDecimals(amounts.map(({ amount }) => amount)) : null,
    series: toDailySeries({
      range,
      keys,
      amounts: amounts.map((row) => ({ ...row, key: keys.includes(row.key) ? row.key : null })),
      describe: (name) => ({
        key: name || null,
        name: name || null,
        detail: null,
        state: "active",
        kind: models.has(name) ? "model" : "line_item",
      }),
      isKnown: costs[stream].day,
    }),
    asOf: freshness.asOf,
  };
}
