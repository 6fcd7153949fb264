import type { OrgScope } from "@/server/auth/scope";
import { meanDecimal, subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { amountsByDay, readLists } from "@/server/usage/breakdown";
import { breakdownDimensions } from "@/server/usage/constants";
import { TOP_MEMBERS, toDailySeries, topKeys } from "@/server/usage/daily-series";
import { daysOfAll, monthToDate, previousRangeOf, sameDaysOfPreviousMonth } from "@/server/usage/day-ranges";
import { type Coverage, coverageOf, type Known } from "@/server/usage/coverage";
import { knownAmounts } from "@/server/usage/known-figures";
import { describeMembers } from "@/server/usage/members";
import { overviewStreams } from "@/server/usage/page-streams";
import type { BreakdownDimension, DayRange, Overview } from "@/server/usage/schema";
import { largestMover, otherCurrencies, spendByDay, topSpenders } from "@/server/usage/spend.sql";

const TOP_ROWS = 5;
const WEEKS_BACK = 4;

type Ranges = { range: DayRange; previousRange: DayRange };

/** Everything the overview shows, read in one transaction: one state of the data. */
export async function getOverview(scope: OrgScope, range: DayRange, now = new Date()): Promise<Overview> {
  const previousRange = previousRangeOf(range);
  const month = monthToDate(toUtcDay(now));
  const sameDaysBefore = sameDaysOfPreviousMonth(month);
  const weeks = weeksToYesterday(now);
  const besides = [previousRange, month, sameDaysBefore, weeks];
  const coverage = await coverageOf(scope, { streams: overviewStreams, range, besides, now });
  const { totals, listOf } = await readLeaders(scope, { range, previousRange, coverage });
  const billed = coverage.costs["costs.project"];
  const projects = listOf("project");
  const keys = topKeys(projects.spend);
  const amounts = await amountsByDay(scope, "project", range, keys);
  const topOf = (dimension: BreakdownDimension) => listOf(dimension).rows.slice(0, TOP_ROWS);
  return {
    range,
    previousRange,
    totals,
    ...(await getRecent(scope, { month: { range: month, previousRange: sameDaysBefore }, weeks }, billed)),
    largestChange: await getLargestChange(scope, { range, previousRange }, billed),
    series: toDailySeries({ range, amounts, keys, describe: projects.describe, isKnown: billed.day }),
    top: { project: topOf("project"), user: topOf("user"), api_key: topOf("api_key"), model: topOf("model") },
    otherCurrencies: await otherCurrencies(scope, range),
    freshness: coverage.freshness,
  };
}

/** The first rows of each list, and all of those that have few: what the others are made of is not read. */
async function readLeaders(scope: OrgScope, question: Ranges & { coverage: Coverage }) {
  const leaders = await topSpenders(scope, breakdownDimensions, question.range, TOP_MEMBERS);
  const isLong = (dimension: BreakdownDimension) => (leaders.get(dimension) ?? []).length > TOP_MEMBERS;
  const [long, short] = [breakdownDimensions.filter(isLong), breakdownDimensions.filter((name) => !isLong(name))];
  if (long.length === 0) return readLists(scope, short, question);
  const only = long.flatMap((name) => leaders.get(name) ?? []);
  const first = await readLists(scope, long, { ...question, only });
  if (short.length === 0) return first;
  const rest = await readLists(scope, short, question);
  return {
    totals: first.totals,
    listOf: (dimension: BreakdownDimension) => (isLong(dimension) ? first : rest).listOf(dimension),
  };
}

type Recent = { month: Ranges; weeks: DayRange };

/** The running month and yesterday, from the totals of the days they are compared with. */
async function getRecent(scope: OrgScope, { month, weeks }: Recent, known: Known) {
  const days = daysOfAll([month.range, month.previousRange, weeks]);
  const byDay = (await spendByDay(scope, ["total"], days, [""])).get("total") ?? [];
  const amounts = new Map(byDay.map(({ day, amount }) => [day, amount]));
  const found = { amount: sumWithin(amounts, month.range), previousAmount: sumWithin(amounts, month.previousRange) };
  return {
    monthToDate: { ...knownAmounts(known, month)(found), ...month.range },
    yesterday: judgeYesterday(amounts, weeks, known),
  };
}

/** Null where no day of the range has an amount. */
function sumWithin(amounts: ReadonlyMap<string, string>, { from, to }: DayRange): string | null {
  const within = [...amounts].filter(([day]) => from <= day && day < to);
  return within.length === 0 ? null : sumDecimals(within.map(([, amount]) => amount));
}

/** The project that moved most against the range before, where all of that is known. */
async function getLargestChange(scope: OrgScope, ranges: Ranges, known: Known): Promise<Overview["largestChange"]> {
  const moved = known.all(ranges.previousRange) ? await largestMover(scope, "project", ranges) : null;
  if (!moved) return null;
  const { amount, previousAmount } = knownAmounts(known, ranges)(moved);
  if (amount === null || previousAmount === null) return null;
  const describe = await describeMembers(scope, "project", [moved.key]);
  return { member: describe(moved.key), difference: subtractDecimals(amount, previousAmount) };
}

/** Yesterday, and the same weekday of the weeks before. */
function weeksToYesterday(now: Date): DayRange {
  const today = toUtcDay(now);
  return { from: addUtcDays(today, -1 - 7 * WEEKS_BACK), to: today };
}

/** Yesterday against the mean of the same weekday of the weeks before, as far as those days are known. */
function judgeYesterday(amounts: ReadonlyMap<string, string>, { to }: DayRange, known: Known): Overview["yesterday"] {
  const yesterday = addUtcDays(to, -1);
  const amountOf = (day: string) => amounts.get(day) ?? (known.day(day) ? "0" : null);
  const sameWeekday = Array.from({ length: WEEKS_BACK }, (_, week) => amountOf(addUtcDays(yesterday, -7 * (week + 1))));
  return { amount: amountOf(yesterday), usualAmount: meanDecimal(sameWeekday.filter((amount) => amount !== null)) };
}
