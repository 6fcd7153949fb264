import { BASELINE_WEEKS, LEAST_WEEKS } from "@/server/anomalies/constants";
import { median, spreadRound } from "@/server/lib/robust";

// What a day usually costs: the median of the same weekday over the eight weeks before it, moved to the level of the last
// two weeks where that is nearer to the day: what has grown or shrunk is soon usual. How far days stray from that is told by
// medians, too, so that past outliers neither hide nor raise new ones. Nothing falls by more than all of it, however much its
// days differ, so that falls are measured by its low days instead.

/** Daily spend from some day on; null is not known. Position 0 is the first day, and a week is seven positions. */
export type DailySpend = readonly (number | null)[];

export type Verdict = {
  /** Far over the usual, or far under it, as was asked. */
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
/** A fall is to less than half of the usual, and of what a low day comes to: one in ten is lower than that. */
const FALLEN = 0.5;
const LOW_DAYS = 0.1;
/** Days that tell today's level. */
const RECENT_DAYS = 14;
/** What costs on fewer days than this comes and goes; then it has to be larger than the largest few days as well. */
const SPORADIC = 0.5;
const SPORADIC_EXCESS = 1.25;

/** Whether a day costs far more than days like it before. */
export function judgeRise(spend: DailySpend, day: number, { leastExcess }: Limits): Verdict {
  const amount = spend[day] ?? null;
  const baseline = baselineOf(spend, day);
  if (!baseline) return { isAnomalous: false, expected: null };
  const { usual, alike, level, parts, window } = baseline;
  const expected = usual * Math.max(1, level);
  if (amount === null) return { isAnomalous: false, expected };
  const spread = Math.max(spreadRound(expected, alike), Math.max(spreadOf(parts), LEAST_SPREAD) * Math.abs(expected));
  const excess = amount - expected;
  const isAnomalous = excess >= leastExcess && excess > DEVIATIONS * spread && amount > sporadicLimit(window);
  return { isAnomalous, expected };
}

/** Whether a day costs far less than days like it before. Of what comes and goes no day does. */
export function judgeFall(spend: DailySpend, day: number, { leastExcess }: Limits): Verdict {
  const amount = spend[day] ?? null;
  const baseline = baselineOf(spend, day);
  if (!baseline) return { isAnomalous: false, expected: null };
  const { usual, level, parts } = baseline;
  const expected = usual * Math.min(1, level);
  if (amount === null) return { isAnomalous: false, expected };
  const low = Math.min(expected, usual * lowPart(parts));
  return { isAnomalous: expected - amount >= leastExcess && amount < FALLEN * low, expected };
}

/** Told at a glance: a day that is hardly over the median of its weekday is no rise. */
export function mayBeRise(spend: DailySpend, day: number, { leastExcess }: Limits): boolean {
  const amount = spend[day] ?? 0;
  if (amount < leastExcess) return false;
  const usual = Math.max(0, median(weekdaysBefore(spend, { day, start: Math.max(0, day - 7 * BASELINE_WEEKS) })));
  return amount - usual >= leastExcess && amount - usual > DEVIATIONS * LEAST_SPREAD * usual;
}

/** Told at a glance: a day that is at least half of all days like it is no fall. */
export function mayBeFall(spend: DailySpend, day: number, { leastExcess }: Limits): boolean {
  const amount = spend[day] ?? null;
  const most = Math.max(...weekdaysBefore(spend, { day, start: Math.max(0, day - 7 * BASELINE_WEEKS) }));
  return amount !== null && most - amount >= leastExcess && amount < FALLEN * most;
}

type Baseline = {
  /** The median of the weekday, and the amounts that it is of. */
  usual: number;
  alike: number[];
  /** The last two weeks against their weekdays' medians: above 1 they were dearer. */
  level: number;
  parts: number[];
  window: DailySpend;
};

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
  const recent = known(parts.slice(-RECENT_DAYS));
  return { usual: median(alike), alike, level: recent.length > 0 ? median(recent) : 1, parts: known(parts), window };
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
const spreadOf = (parts: readonly number[]) => spreadRound(1, parts);

/** A low day's part of the usual. */
const lowPart = (parts: readonly number[]): number =>
  parts.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(LOW_DAYS * parts.length) - 1)] ?? 0;

const known = (amounts: DailySpend): number[] => amounts.filter((amount) => amount !== null);

/** For what costs something every other day at most: above its third largest day. Else no limit. */
function sporadicLimit(window: DailySpend): number {
  const amounts = known(window);
  const active = amounts.filter((amount) => amount > 0).toSorted((a, b) => b - a);
  if (active.length >= SPORADIC * amounts.length) return Number.NEGATIVE_INFINITY;
  return SPORADIC_EXCESS * (active[Math.min(2, active.length - 1)] ?? 0);
}
