import { BASELINE_WEEKS, LEAST_WEEKS } from "@/server/anomalies/constants";
import { median, spreadRound } from "@/server/lib/robust";

// What a day usually costs: the median of the same weekday over the eight weeks before it, raised to the level of the last
// two weeks where that is higher: what has grown is soon usual. How far days stray from that is told by medians, too, so
// that past outliers neither hide nor raise new ones.

/** Daily spend from some day on; null is not known. Position 0 is the first day, and a week is seven positions. */
export type DailySpend = readonly (number | null)[];

export type Verdict = {
  isAnomalous: boolean;
  /** Null for what is too new to have a usual day. */
  expected: number | null;
};

type Limits = {
  /** US dollars over the usual that somebody would look into. */
  leastExcess: number;
};

/** So many robust standard deviations over the usual are no chance. */
const DEVIATIONS = 6;
/** However steady something was: less than a quarter over the usual is nothing. */
const LEAST_SPREAD = 0.25 / DEVIATIONS;
/** Days that tell today's level. */
const RECENT_DAYS = 14;
/** What costs on fewer days than this comes and goes; then it has to be larger than the largest few days as well. */
const SPORADIC = 0.5;
const SPORADIC_EXCESS = 1.25;

/** Judges one day by the days before it. */
export function judgeDay(spend: DailySpend, day: number, { leastExcess }: Limits): Verdict {
  const amount = spend[day] ?? null;
  const baseline = baselineOf(spend, day);
  if (amount === null || !baseline) return { isAnomalous: false, expected: baseline?.expected ?? null };
  const { expected, spread, sporadicLimit } = baseline;
  const excess = amount - expected;
  const isAnomalous = excess >= leastExcess && excess > DEVIATIONS * spread && amount > sporadicLimit;
  return { isAnomalous, expected };
}

type Baseline = { expected: number; spread: number; sporadicLimit: number };

/** Null with too few of the weekday since there was any spend. */
function baselineOf(spend: DailySpend, day: number): Baseline | null {
  const windowStart = Math.max(0, day - 7 * BASELINE_WEEKS);
  const first = spend.findIndex((amount) => amount !== null && amount !== 0);
  if (first < 0) return null;
  const start = Math.max(windowStart, first);
  const alike = weekdaysBefore(spend, { day, start });
  if (alike.length < LEAST_WEEKS) return null;
  const window = spend.slice(start, day);
  const parts = partsOfUsual(window);
  const recent = parts.slice(-RECENT_DAYS).filter((part) => part !== null);
  const expected = median(alike) * Math.max(1, recent.length > 0 ? median(recent) : 1);
  return {
    expected,
    spread: Math.max(spreadRound(expected, alike), Math.max(spreadOf(parts), LEAST_SPREAD) * Math.abs(expected)),
    sporadicLimit: sporadicLimit(window),
  };
}

function weekdaysBefore(spend: DailySpend, { day, start }: { day: number; start: number }): number[] {
  const amounts: number[] = [];
  for (let at = day - 7; at >= start; at -= 7) {
    const amount = spend[at] ?? null;
    if (amount !== null) amounts.push(amount);
  }
  return amounts;
}

/** All days of a window as parts of the median of their weekday; null where there is none. */
function partsOfUsual(window: DailySpend): (number | null)[] {
  const medians = Array.from({ length: 7 }, (_, weekday) => median(known(window.filter((_, i) => i % 7 === weekday))));
  return window.map((amount, i) => {
    const usual = medians[i % 7] ?? 0;
    return amount !== null && usual > 0 ? amount / usual : null;
  });
}

/** How all days stray from the usual: eight of a weekday are few to tell. */
const spreadOf = (parts: readonly (number | null)[]) => spreadRound(1, known(parts));

const known = (amounts: DailySpend): number[] => amounts.filter((amount) => amount !== null);

/** For what costs something every other day at most: above its third largest day. Else no limit. */
function sporadicLimit(window: DailySpend): number {
  const amounts = known(window);
  const active = amounts.filter((amount) => amount > 0).toSorted((a, b) => b - a);
  if (active.length >= SPORADIC * amounts.length) return Number.NEGATIVE_INFINITY;
  return SPORADIC_EXCESS * (active[Math.min(2, active.length - 1)] ?? 0);
}
