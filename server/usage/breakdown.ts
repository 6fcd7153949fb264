import type { OrgScope } from "@/server/auth/scope";
import { compareDecimals, ratio } from "@/server/lib/money";
import { coverageOf } from "@/server/usage/freshness";
import { previousRangeOf } from "@/server/usage/day-ranges";
import { toDailySeries, topKeys } from "@/server/usage/daily-series";
import { describeMembers } from "@/server/usage/members";
import type {
  Breakdown,
  BreakdownDimension,
  BreakdownInput,
  BreakdownRow,
  DayRange,
  Totals,
  UsageCounts,
} from "@/server/usage/schema";
import {
  otherCurrencies,
  type SpendByKey,
  spendByDay,
  spendByKey,
  topSpenders,
  usageByKey,
} from "@/server/usage/spend.sql";
import { type ChartAmount, othersByDay, tieToTotals } from "@/server/usage/tie-to-totals";

/** Spend by project, user, key or model: totals, a table whose rows add up to them, and a chart that does so too. */
export async function getBreakdown(scope: OrgScope, { dimension, range }: BreakdownInput): Promise<Breakdown> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, range);
  const totals = await getTotals(scope, range, previousRange);
  const { rows, spend, describe } = await breakdownRows(scope, { dimension, range, previousRange, totals });
  const keys = topKeys(spend);
  const amounts = await amountsByDay(scope, dimension, range, keys);
  return {
    range,
    previousRange,
    totals,
    rows,
    series: toDailySeries({ range, amounts, keys, describe, isKnown: coverage.isKnown }),
    otherCurrencies: await otherCurrencies(scope, range),
    freshness: coverage.freshness,
  };
}

export async function getTotals(scope: OrgScope, range: DayRange, previousRange: DayRange): Promise<Totals> {
  const [total] = await spendByKey(scope, "total", { range, previousRange });
  const usage = (await usageByKey(scope, "total", range)).get("") ?? null;
  return { amount: total?.amount ?? null, previousAmount: total?.previousAmount ?? null, usage };
}

type RowsInput = {
  dimension: BreakdownDimension;
  range: DayRange;
  previousRange: DayRange;
  totals: Totals;
};

/**
 * The table's rows, largest spend first; the row of nobody takes what the list of this dimension does not hold.
 * @param only the rows of these members alone
 */
export async function breakdownRows(scope: OrgScope, input: RowsInput, only?: readonly string[]) {
  const { dimension, range, totals } = input;
  const spend = await tiedSpend(scope, input, only);
  const usage = await usageByKey(scope, dimension, range, only);
  const keys = new Set([...spend.map(({ key }) => key), ...usage.keys()]);
  const amounts = new Map(spend.map((row) => [row.key, row]));
  const ordered = [...keys].toSorted((a, b) => bySpend(amounts.get(a), amounts.get(b)) || (a < b ? -1 : 1));
  const describe = await describeMembers(scope, dimension, ordered);
  const rows = ordered.map((key): BreakdownRow => {
    const amount = amounts.get(key)?.amount ?? null;
    return {
      ...describe(key),
      amount,
      previousAmount: amounts.get(key)?.previousAmount ?? null,
      // No usage of this member while others have some is zero requests; none of anybody is unknown.
      usage: usage.get(key) ?? (totals.usage && noUsage),
      share: ratio(amount, totals.amount),
    };
  });
  return { rows, spend, describe };
}

const noUsage: UsageCounts = { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 };

/** The first rows only: what the others are made of is not read. */
export async function topRows(scope: OrgScope, input: RowsInput, count: number) {
  const leaders = await topSpenders(scope, input.dimension, input.range, count);
  const hasEnough = leaders.filter((key) => key !== "").length >= count;
  return breakdownRows(scope, input, hasEnough ? leaders : undefined);
}

/** Spend by user comes from a list of its own; all others are cuts of the totals' list, and add up to it. */
async function tiedSpend(
  scope: OrgScope,
  { dimension, range, previousRange, totals }: RowsInput,
  keys?: readonly string[],
) {
  const rows = await spendByKey(scope, dimension, { range, previousRange, keys });
  if (dimension !== "user") return rows;
  const [listed] = await spendByKey(scope, "user_total", { range, previousRange });
  return tieToTotals(rows, { totals, listed: listed ?? { amount: null, previousAmount: null } });
}

const bySpend = (a: SpendByKey | undefined, b: SpendByKey | undefined) => {
  if (a?.amount == null || b?.amount == null) return (b?.amount == null ? 0 : 1) - (a?.amount == null ? 0 : 1);
  return compareDecimals(b.amount, a.amount);
};

/**
 * Amounts by day for the chart: the named members and, under the key null, what all others add up to. Only the named
 * ones are read: the others are what is left of the day's total.
 */
export async function amountsByDay(
  scope: OrgScope,
  dimension: BreakdownDimension,
  range: DayRange,
  keys: readonly string[],
): Promise<ChartAmount[]> {
  const named = await spendByDay(scope, dimension, range, keys);
  const totals = await spendByDay(scope, "total", range);
  const needsUnlisted = dimension === "user" && keys.includes("");
  const listed = needsUnlisted ? await spendByDay(scope, "user_total", range) : totals;
  return [...named, ...othersByDay({ named, totals, listed })];
}
