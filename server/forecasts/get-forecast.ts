import type { OrgScope } from "@/server/auth/scope";
import { addMonths } from "@/server/explore/ranges";
import { startOf } from "@/server/explore/buckets";
import { explore } from "@/server/explore/explore";
import { type BucketState, ExploreQuery, type ExploreResult } from "@/server/explore/schema";
import { wallTime } from "@/server/explore/zone";
import { HISTORY_DAYS } from "@/server/forecasts/constants";
import { forecastPeriod, type GivenDay } from "@/server/forecasts/forecast-period";
import type { ForecastInput, ForecastResult } from "@/server/forecasts/schema";
import { sumDecimals } from "@/server/lib/money";
import { addUtcDays, MS_PER_DAY, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/**
 * What the running month or quarter will come to, from what is known of it and what its remaining days usually cost, with
 * the band in which eight of ten such periods end. Today counts as far as it was fetched.
 * @throws AppError invalid for filters that costs are not told by
 */
export async function getForecast(scope: OrgScope, input: ForecastInput, now = new Date()): Promise<ForecastResult> {
  const timezone = input.zone === "org" ? scope.org.timezone : "UTC";
  const today = toUtcDay(wallTime(timezone, now));
  const { range, previousRange } = periodsOf(input, today);
  const historyFrom = addUtcDays(today, -HISTORY_DAYS);
  const from = previousRange.from < historyFrom ? previousRange.from : historyFrom;
  const query = ExploreQuery.parse({
    measure: "cost",
    granularity: "day",
    range: { from, to: addUtcDays(today, 1) },
    zone: input.zone,
    filters: input.filters,
    tag: input.tag,
  });
  const result = await explore(scope, query, now);
  const days = daysOf(result, today);
  const past = days.filter(({ day }) => day < today);
  return {
    input,
    timezone,
    range,
    previousRange,
    previousTotal: totalOf(past, previousRange),
    today,
    ...forecastPeriod({
      past,
      today: days.find(({ day }) => day === today) ?? { day: today, amount: null, state: "unknown" },
      elapsed: elapsedOf(today, { timezone, asOf: result.freshness.asOf }),
      period: utcDaysBetween(range.from, range.to),
    }),
    freshness: result.freshness,
  };
}

const monthsIn = { month: 1, quarter: 3 } as const;

function periodsOf({ period }: ForecastInput, today: UtcDay): { range: DayRange; previousRange: DayRange } {
  const from = startOf(today, period);
  const months = monthsIn[period];
  return { range: { from, to: addMonths(from, months) }, previousRange: { from: addMonths(from, -months), to: from } };
}

const statesOf: Record<BucketState, GivenDay["state"]> = {
  known: "known",
  partial: "partial",
  unknown: "unknown",
  ahead: "unknown",
  open: "open",
};

function daysOf({ buckets, totals }: ExploreResult, today: UtcDay): GivenDay[] {
  return buckets.map(({ start, state }, i) => {
    const amount = totals.values[i] ?? null;
    // West of Greenwich a day is over before the UTC day that its last hours are billed with.
    const isOver = state === "open" && start < today;
    return { day: start, amount, state: isOver ? "known" : statesOf[state] };
  });
}

/** Null unless all of its days are known. */
function totalOf(past: readonly GivenDay[], { from, to }: DayRange): string | null {
  const own = past.filter(({ day }) => day >= from && day < to);
  const amounts = own.flatMap(({ amount, state }) => (state === "known" && amount !== null ? [amount] : []));
  return amounts.length === own.length ? sumDecimals(amounts) : null;
}

/** How much of today was over when figures were last fetched. */
function elapsedOf(today: UtcDay, { timezone, asOf }: { timezone: string; asOf: string | null }): number {
  if (asOf === null) return 0;
  const wall = wallTime(timezone, new Date(asOf));
  return toUtcDay(wall) === today ? (wall.getTime() % MS_PER_DAY) / MS_PER_DAY : 0;
}
