import type { OrgScope } from "@/server/auth/scope";
import { addDecimals, compareDecimals, ratio, sumDecimals } from "@/server/lib/money";
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
import { otherCurrencies, type SpendByKey, spendByDay, spendByKey, usageByKey } from "@/server/usage/spend.sql";

/** Spend by project, user, key or model: totals, a table whose rows add up to them, and a chart that does so too. */
export async function getBreakdown(scope: OrgScope, { dimension, range }: BreakdownInput): Promise<Breakdown> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, range);
  const totals = await getTotals(scope, range, previousRange);
  const { rows, spend } = await breakdownRows(scope, { dimension, range, previousRange, totals });
  const keys = topKeys(spend);
  const describe = await describeMembers(scope, dimension, keys);
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
  const [total] = await spendByKey(scope, "total", range, previousRange);
  const usage = (await usageByKey(scope, "total", range)).get("") ?? null;
  return { amount: total?.amount ?? null, previousAmount: total?.previousAmount ?? null, usage };
}

type RowsInput = {
  dimension: BreakdownDimension;
  range: DayRange;
  previousRange: DayRange;
  totals: Totals;
  limit?: number;
};

/** The table's rows, largest spend first; the row of nobody takes what the list of this dimension does not hold. */
export async function breakdownRows(scope: OrgScope, { dimension, range, previousRange, totals, limit }: RowsInput) {
  const spend = tieToTotals(await spendByKey(scope, dimension, range, previousRange), totals);
  const usage = await usageByKey(scope, dimension, range);
  const keys = new Set([...spend.map(({ key }) => key), ...usage.keys()]);
  const amounts = new Map(spend.map((row) => [row.key, row]));
  const ordered = [...keys]
    .toSorted((a, b) => bySpend(amounts.get(a), amounts.get(b)) || (a < b ? -1 : 1))
    .slice(0, limit);
  const describe = await describeMembers(scope, dimension, ordered);
  const rows = ordered.map((key): BreakdownRow => {
    const amount = amounts.get(key)?.amount ?? null;
    return {
      ...describe(key),
      amount,
      previousAmount: amounts.get(key)?.previousAmount ?? null,
      usage: usage.get(key) ?? noUsage(usage),
      share: ratio(amount, totals.amount),
    };
  });
  return { rows, spend };
}

/** No usage for this member while others have some is zero requests; none for anybody is unknown. */
const noUsage = (usage: Map<string, UsageCounts>): UsageCounts | null =>
  usage.size === 0 ? null : { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 };

const bySpend = (a: SpendByKey | undefined, b: SpendByKey | undefined) => {
  if (a?.amount == null || b?.amount == null) return (b?.amount == null ? 0 : 1) - (a?.amount == null ? 0 : 1);
  return compareDecimals(b.amount, a.amount);
};

/** Adds to the row of nobody whatever the rows lack of the totals (another list may cover more days than this one). */
export function tieToTotals(
  rows: readonly SpendByKey[],
  totals: Pick<Totals, "amount" | "previousAmount">,
): SpendByKey[] {
  const nobody = rows.find(({ key }) => key === "");
  const amount = remainder(
    rows.map((row) => row.amount),
    totals.amount,
  );
  const previousAmount = remainder(
    rows.map((row) => row.previousAmount),
    totals.previousAmount,
  );
  if (amount === null && previousAmount === null) return [...rows];
  const tied = {
    key: "",
    amount: plus(nobody?.amount, amount),
    previousAmount: plus(nobody?.previousAmount, previousAmount),
  };
  return [...rows.filter(({ key }) => key !== ""), tied];
}

function remainder(parts: readonly (string | null)[], total: string | null): string | null {
  if (total === null) return null;
  const sum = sumDecimals(parts.filter((part) => part !== null));
  const rest = addDecimals(total, negate(sum));
  return compareDecimals(rest, "0") === 0 ? null : rest;
}

const negate = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);

const plus = (a: string | null | undefined, b: string | null) => (a == null ? b : b === null ? a : addDecimals(a, b));

/**
 * Amounts by day for the chart. Spend by user comes from a list of its own: what it lacks of the day's total goes to
 * nobody, so that the stacks reach the totals as the rows do.
 */
export async function amountsByDay(
  scope: OrgScope,
  dimension: BreakdownDimension,
  range: DayRange,
  keys: readonly string[],
) {
  const amounts = await spendByDay(scope, dimension, range, keys);
  if (dimension !== "user") return amounts;
  const listed = Map.groupBy(amounts, ({ day }) => day);
  const totals = await spendByDay(scope, "total", range, []);
  const unlisted = totals.flatMap(({ day, amount }) => {
    const rest = remainder(
      (listed.get(day) ?? []).map((row) => row.amount),
      amount,
    );
    return rest === null ? [] : [{ day, key: keys.includes("") ? "" : null, amount: rest }];
  });
  return [...amounts, ...unlisted];
}
