import type { OrgScope } from "@/server/auth/scope";
import { compareDecimals, largestFirst, ratio } from "@/server/lib/money";
import { type Coverage, coverageOf } from "@/server/usage/coverage";
import { previousRangeOf } from "@/server/usage/day-ranges";
import { toDailySeries, topKeys } from "@/server/usage/daily-series";
import { type Amounts, knownAmounts, knownCounts } from "@/server/usage/known-figures";
import { describeLists } from "@/server/usage/members";
import { costStreamOf, streamsBehind } from "@/server/usage/page-streams";
import type {
  Breakdown,
  BreakdownDimension,
  BreakdownInput,
  BreakdownRow,
  DayRange,
  Member,
  Totals,
} from "@/server/usage/schema";
import {
  type CountSums,
  otherCurrencies,
  type SpendByKey,
  spendByDay,
  spendByKey,
  usageByKey,
} from "@/server/usage/spend.sql";
import { type ChartAmount, othersByDay, tieToTotals } from "@/server/usage/tie-to-totals";

/** Spend by project, user, key or model: totals, a table whose rows add up to them, and a chart that does so too. */
export async function getBreakdown(
  scope: OrgScope,
  { dimension, range }: BreakdownInput,
  now = new Date(),
): Promise<Breakdown> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, { streams: streamsBehind(dimension), range, besides: [previousRange], now });
  const { totals, listOf } = await readLists(scope, [dimension], { range, previousRange, coverage });
  const { rows, spend, describe } = listOf(dimension);
  const keys = topKeys(spend);
  const amounts = await amountsByDay(scope, dimension, range, keys);
  return {
    range,
    previousRange,
    totals,
    rows,
    series: toDailySeries({ range, amounts, keys, describe, isKnown: coverage.costs[costStreamOf(dimension)].day }),
    otherCurrencies: await otherCurrencies(scope, range),
    freshness: coverage.freshness,
  };
}

/** What is asked for, and what is known of it. */
type Question = { range: DayRange; previousRange: DayRange; coverage: Coverage };

/** A dimension's rows, largest spend first, and the spend that they show. */
type List = { rows: BreakdownRow[]; spend: SpendByKey[]; describe: (key: string) => Member };

/**
 * The lists of the given dimensions and the totals they add up to, read together.
 * @param only of all lists nothing but the rows of these members and of nobody
 */
export async function readLists(
  scope: OrgScope,
  dimensions: readonly BreakdownDimension[],
  { only, ...question }: Question & { only?: readonly string[] },
) {
  const keys = only && [...only, ""];
  const spend = await spendByKey(scope, ["total", "user_total", ...dimensions], { ...question, keys });
  const usage = await usageByKey(scope, ["total", ...dimensions], question.range, keys);
  const [billed = nothing] = spend.get("total") ?? [];
  const [listedByUser = nothing] = spend.get("user_total") ?? [];
  const totals: Totals = {
    ...knownAmounts(question.coverage.costs["costs.project"], question)(billed),
    usage: knownCounts(usage.get("total")?.get(""), question.coverage.counts),
  };
  const figures = dimensions.map((dimension) => {
    const listed = spend.get(dimension) ?? [];
    // Spend by user comes from a list of its own; all others are cuts of the totals' list, and add up to it.
    const tied = dimension === "user" ? tieToTotals(listed, { totals: billed, listed: listedByUser }) : listed;
    const own = tied.filter((row) => row.key !== "" || !isNothing(row));
    return { dimension, spend: own, counts: usage.get(dimension) ?? new Map<string, CountSums>() };
  });
  const describeIn = await describeLists(scope, new Map(figures.map((list) => [list.dimension, membersOf(list)])));
  const lists = new Map<BreakdownDimension, List>();
  for (const { dimension, spend: own, counts } of figures) {
    const describe = (key: string) => describeIn(dimension, key);
    const rows = toRows({ dimension, spend: own, counts, totals, describe }, question);
    lists.set(dimension, { spend: own, describe, rows });
  }
  const listOf = (dimension: BreakdownDimension): List => {
    const list = lists.get(dimension);
    if (!list) throw new Error(`the list by ${dimension} was not read`);
    return list;
  };
  return { totals, listOf };
}

type Figures = Pick<RowsInput, "spend" | "counts">;

const membersOf = ({ spend, counts }: Figures) => [...new Set([...spend.map(({ key }) => key), ...counts.keys()])];

const nothing: Amounts = { amount: null, previousAmount: null };

/** Zero that is attributed to nobody says nothing. */
const isNothing = ({ amount, previousAmount }: Amounts) =>
  [amount, previousAmount].every((value) => value === null || compareDecimals(value, "0") === 0);

type RowsInput = Pick<List, "spend" | "describe"> & {
  dimension: BreakdownDimension;
  counts: Map<string, CountSums>;
  totals: Totals;
};

function toRows({ dimension, spend, counts, totals, describe }: RowsInput, question: Question): BreakdownRow[] {
  const { coverage } = question;
  const billed = new Map(spend.map((row) => [row.key, row]));
  const known = knownAmounts(coverage.costs[costStreamOf(dimension)], question);
  const rows = membersOf({ spend, counts }).map((key): BreakdownRow => {
    const found = billed.get(key);
    // Whom the list of costs does not name is paid for in another row, often that of nobody: no zero is known.
    const amounts = found ? known(found) : nothing;
    const usage = knownCounts(counts.get(key), coverage.counts);
    return { ...describe(key), ...amounts, usage, share: ratio(amounts.amount, totals.amount) };
  });
  return largestFirst(rows, { amount: (row) => row.amount, name: (row) => row.key ?? "" });
}

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
