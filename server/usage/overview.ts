import type { OrgScope } from "@/server/auth/scope";
import { meanDecimal } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { amountsByDay, readLists } from "@/server/usage/breakdown";
import { TOP_MEMBERS, toDailySeries, topKeys } from "@/server/usage/daily-series";
import { monthToDate, previousRangeOf, sameDaysOfPreviousMonth } from "@/server/usage/day-ranges";
import { coverageOf } from "@/server/usage/freshness";
import { type BreakdownDimension, breakdownDimensions, type DayRange, type Overview } from "@/server/usage/schema";
import { otherCurrencies, spendByDay, spendByKey, topSpenders } from "@/server/usage/spend.sql";

const TOP_ROWS = 5;
const WEEKS_BACK = 4;

/** Everything the overview shows, read in one transaction: one state of the data. */
export async function getOverview(scope: OrgScope, range: DayRange, now = new Date()): Promise<Overview> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, range, now);
  const { totals, listOf } = await readLeaders(scope, { range, previousRange });
  const projects = listOf("project");
  const keys = topKeys(projects.spend);
  const amounts = await amountsByDay(scope, "project", range, keys);
  const topOf = (dimension: BreakdownDimension) => listOf(dimension).rows.slice(0, TOP_ROWS);
  return {
    range,
    previousRange,
    totals,
    monthToDate: await getMonthToDate(scope, now),
    yesterday: await getYesterday(scope, now),
    series: toDailySeries({ range, amounts, keys, describe: projects.describe, isKnown: coverage.isKnown }),
    top: { project: topOf("project"), user: topOf("user"), api_key: topOf("api_key"), model: topOf("model") },
    otherCurrencies: await otherCurrencies(scope, range),
    freshness: coverage.freshness,
  };
}

/** The first rows of each list, and all of those that have few: what the others are made of is not read. */
async function readLeaders(scope: OrgScope, ranges: { range: DayRange; previousRange: DayRange }) {
  const leaders = await topSpenders(scope, breakdownDimensions, ranges.range, TOP_MEMBERS);
  const isLong = (dimension: BreakdownDimension) => (leaders.get(dimension) ?? []).length > TOP_MEMBERS;
  const [long, short] = [breakdownDimensions.filter(isLong), breakdownDimensions.filter((name) => !isLong(name))];
  if (long.length === 0) return readLists(scope, short, ranges);
  const first = await readLists(scope, long, { ...ranges, only: long.flatMap((name) => leaders.get(name) ?? []) });
  const rest = await readLists(scope, short, ranges);
  return {
    totals: first.totals,
    listOf: (dimension: BreakdownDimension) => (isLong(dimension) ? first : rest).listOf(dimension),
  };
}

async function getMonthToDate(scope: OrgScope, now: Date): Promise<Overview["monthToDate"]> {
  const range = monthToDate(toUtcDay(now));
  const previousRange = sameDaysOfPreviousMonth(range);
  const [total] = (await spendByKey(scope, ["total"], { range, previousRange })).get("total") ?? [];
  return { amount: total?.amount ?? null, previousAmount: total?.previousAmount ?? null, ...range };
}

/** Yesterday against the mean of the same weekday of the weeks before, as far as those days are known. */
async function getYesterday(scope: OrgScope, now: Date): Promise<Overview["yesterday"]> {
  const yesterday = addUtcDays(toUtcDay(now), -1);
  const range = { from: addUtcDays(yesterday, -7 * WEEKS_BACK), to: addUtcDays(yesterday, 1) };
  const { isKnown } = await coverageOf(scope, range, now);
  const byDay = (await spendByDay(scope, ["total"], range, [""])).get("total") ?? [];
  const amounts = new Map(byDay.map(({ day, amount }) => [day, amount]));
  const amountOf = (day: string) => amounts.get(day) ?? (isKnown(day) ? "0" : null);
  const sameWeekday = Array.from({ length: WEEKS_BACK }, (_, week) => amountOf(addUtcDays(yesterday, -7 * (week + 1))));
  return { amount: amountOf(yesterday), usualAmount: meanDecimal(sameWeekday.filter((amount) => amount !== null)) };
}
