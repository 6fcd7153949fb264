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
  Member,
  Totals,
  UsageCounts,
} from "@/server/usage/schema";
import { otherCurrencies, type SpendByKey, spendByDay, spendByKey, usageByKey } from "@/server/usage/spend.sql";
import { type ChartAmount, othersByDay, tieToTotals } from "@/server/usage/tie-to-totals";

/** Spend by project, user, key or model: totals, a table whose rows add up to them, and a chart that does so too. */
export async function getBreakdown(scope: OrgScope, { dimension, range }: BreakdownInput): Promise<Breakdown> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, range);
  const { totals, listOf } = await readLists(scope, [dimension], { range, previousRange });
  const { rows, spend, describe } = listOf(dimension);
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

type Ranges = { range: DayRange; previousRange: DayRange };

/** A dimension's rows, largest spend first, and the spend that they show. */
type List = { rows: BreakdownRow[]; spend: SpendByKey[]; describe: (key: string) => Member };

/**
 * The lists of the given dimensions and the totals they add up to, read together.
 * @param only of all lists nothing but the rows of these members and of nobody
 */
export async function readLists(
  scope: OrgScope,
  dimensions: readonly BreakdownDimension[],
  { only, ...ranges }: Ranges & { only?: readonly string[] },
) {
  const keys = only && [...only, ""];
  const spend = await spendByKey(scope, ["total", "user_total", ...dimensions], { ...ranges, keys });
  const usage = await usageByKey(scope, ["total", ...dimensions], ranges.range, keys);
  const totals = totalsOf(spend.get("total"), usage.get("total"));
  const lists = new Map<BreakdownDimension, List>();
  for (const dimension of dimensions) {
    const listed = spend.get(dimension) ?? [];
    // Spend by user comes from a list of its own; all others are cuts of the totals' list, and add up to it.
    const own =
      dimension === "user" ? tieToTotals(listed, { totals, listed: totalsOf(spend.get("user_total")) }) : listed;
    const counts = usage.get(dimension) ?? new Map<string, UsageCounts>();
    const members = new Set([...own.map(({ key }) => key), ...counts.keys()]);
    const describe = await describeMembers(scope, dimension, [...members]);
    lists.set(dimension, { spend: own, describe, rows: toRows({ spend: own, counts, totals, describe }) });
  }
  const listOf = (dimension: BreakdownDimension): List => {
    const list = lists.get(dimension);
    if (!list) throw new Error(`the list by ${dimension} was not read`);
    return list;
  };
  return { totals, listOf };
}

const totalsOf = (spend: readonly SpendByKey[] = [], usage?: Map<string, UsageCounts>): Totals => ({
  amount: spend[0]?.amount ?? null,
  previousAmount: spend[0]?.previousAmount ?? null,
  usage: usage?.get("") ?? null,
});

type RowsInput = Pick<List, "spend" | "describe"> & { counts: Map<string, UsageCounts>; totals: Totals };

function toRows({ spend, counts, totals, describe }: RowsInput): BreakdownRow[] {
  const amounts = new Map(spend.map((row) => [row.key, row]));
  return [...new Set([...amounts.keys(), ...counts.keys()])]
    .toSorted((a, b) => bySpend(amounts.get(a), amounts.get(b)) || (a < b ? -1 : 1))
    .map((key) => {
      const { amount = null, previousAmount = null } = amounts.get(key) ?? {};
      return {
        ...describe(key),
        amount,
        previousAmount,
        // No usage of this member while others have some is zero requests; none of anybody is unknown.
        usage: counts.get(key) ?? (totals.usage && noUsage),
        share: ratio(amount, totals.amount),
      };
    });
}

const noUsage: UsageCounts = { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 };

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
  const lists = await spendByDay(scope, ["total", "user_total", dimension], range, [...keys, ""]);
  const named = (lists.get(dimension) ?? []).filter(({ key }) => keys.includes(key));
  const totals = lists.get("total") ?? [];
  const hasUnlisted = dimension === "user" && keys.includes("");
  const listed = (hasUnlisted ? lists.get("user_total") : totals) ?? [];
  return [...named, ...othersByDay({ named, totals, listed })];
}
