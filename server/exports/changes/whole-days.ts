import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** What an export held: its days, those of them that were open or not fetched, and whether they are another zone's. */
export type Held = { range: DayRange; missing: readonly DayRange[]; isZoned: boolean };

/** Days [from, to) as they follow each other. */
export type SplitDays = {
  /** Closed and held by the export: what differs is a restatement. */
  settled: DayRange[];
  /** Not held, or still moving then: nobody can tell what they were, so they are told whole. */
  whole: DayRange[];
};

/**
 * Splits days by whether an export could hold them for good. Days of another zone reach into the UTC days before and after:
 * a day on either side is told whole rather than in part. Pure.
 */
export function splitDays(range: DayRange, { range: own, missing, isZoned }: Held): SplitDays {
  const margin = isZoned ? 1 : 0;
  const held = { from: addUtcDays(own.from, margin), to: addUtcDays(own.to, -margin) };
  const moving = missing.map(({ from, to }) => ({ from: addUtcDays(from, -margin), to: addUtcDays(to, margin) }));
  const isWithin =
    (day: UtcDay) =>
    ({ from, to }: DayRange) =>
      from <= day && day < to;
  const isSettled = (day: UtcDay) => isWithin(day)(held) && !moving.some(isWithin(day));
  const days = utcDaysBetween(range.from, range.to);
  return { settled: toRanges(days.filter(isSettled)), whole: toRanges(days.filter((day) => !isSettled(day))) };
}

function toRanges(days: readonly UtcDay[]): DayRange[] {
  const ranges: DayRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last?.to === day) last.to = addUtcDays(day, 1);
    else ranges.push({ from: day, to: addUtcDays(day, 1) });
  }
  return ranges;
}
