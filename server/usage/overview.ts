import type { OrgScope } from "@/server/auth/scope";
import { meanDecimal } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { amountsByDay, getTotals, topRows } from "@/server/usage/breakdown";
import { TOP_MEMBERS, toDailySeries, topKeys } from "@/server/usage/daily-series";
import { monthToDate, previousRangeOf, sameDaysOfPreviousMonth } from "@/server/usage/day-ranges";
import { coverageOf } from "@/server/usage/freshness";
import type { BreakdownDimension, DayRange, Overview } from "@/server/usage/schema";
import { otherCurrencies, spendByDay, spendByKey } from "@/server/usage/spend.sql";

const TOP_ROWS = 5;
const WEEKS_BACK = 4;

/** Everything the overview shows, read in one transaction: one state of the data. */
export async function getOverview(scope: OrgScope, range: DayRange, now = new Date()): Promise<Overview> {
  const previousRange = previousRangeOf(range);
  const coverage = await coverageOf(scope, range, now);
  const totals = await getTotals(scope, range, previousRange);
  const rowsBy = (dimension: BreakdownDimension) =>
    topRows(scope, { dimension, range, previousRange, totals }, TOP_MEMBERS);
  const projects = await rowsBy("project");
  const keys = topKeys(projects.spend);
  const amounts = await amountsByDay(scope, "project", range, keys);
  return {
    range,
    previousRange,
    totals,
    monthToDate: await getMonthToDate(scope, now),
    yesterday: await getYesterday(scope, now),
    series: toDailySeries({ range, amounts, keys, describe: projects.describe, isKnown: coverage.isKnown }),
    top: {
      project: projects.rows.slice(0, TOP_ROWS),
      user: (await rowsBy("user")).rows.slice(0, TOP_ROWS),
      api_key: (await rowsBy("api_key")).rows.slice(0, TOP_ROWS),
      model: (await rowsBy("model")).rows.slice(0, TOP_ROWS),
    },
    otherCurrencies: await otherCurrencies(scope, range),
    freshness: coverage.freshness,
  };
}

async function getMonthToDate(scope: OrgScope, now: Date): Promise<Overview["monthToDate"]> {
  const range = monthToDate(toUtcDay(now));
  const previousRange = sameDaysOfPreviousMonth(range);
  const [total] = await spendByKey(scope, "total", { range, previousRange });
  return { amount: total?.amount ?? null, previousAmount: total?.previousAmount ?? null, ...range };
}

/** Yesterday against the mean of the same weekday of the weeks before, as far as those days are known. */
async function getYesterday(scope: OrgScope, now: Date): Promise<Overview["yesterday"]> {
  const yesterday = addUtcDays(toUtcDay(now), -1);
  const range = { from: addUtcDays(yesterday, -7 * WEEKS_BACK), to: addUtcDays(yesterday, 1) };
  const { isKnown } = await coverageOf(scope, range, now);
  const amounts = new Map((await spendByDay(scope, "total", range)).map(({ day, amount }) => [day, amount]));
  const amountOf = (day: string) => amounts.get(day) ?? (isKnown(day) ? "0" : null);
  const sameWeekday = Array.from({ length: WEEKS_BACK }, (_, week) => amountOf(addUtcDays(yesterday, -7 * (week + 1))));
  return { amount: amountOf(yesterday), usualAmount: meanDecimal(sameWeekday.filter((amount) => amount !== null)) };
}
