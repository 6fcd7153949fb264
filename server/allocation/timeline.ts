import type { UtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** What holds from a UTC day on, until the next entry; null is nothing. Before the first entry there is nothing, too. */
export type Entry<T> = { fromDay: UtcDay; value: T | null };

/** Entries by day; no two are of the same day. */
export type Timeline<T> = readonly Entry<T>[];

/** Days [from, to); without `to`, for good. */
export type OpenRange = { from: UtcDay; to: UtcDay | null };

export type Interval<T> = DayRange & { value: T };

export type Same<T> = (a: T, b: T) => boolean;

/** What holds on a day. */
export const valueOn = <T>(timeline: Timeline<T>, day: UtcDay): T | null =>
  timeline.findLast(({ fromDay }) => fromDay <= day)?.value ?? null;

/** The timeline in which `value` holds on the days of a range, and every other day is as before. */
export function setWithin<T>(timeline: Timeline<T>, { from, to }: OpenRange, value: T | null): Entry<T>[] {
  const before = timeline.filter(({ fromDay }) => fromDay < from);
  if (to === null) return [...before, { fromDay: from, value }];
  const after = timeline.filter(({ fromDay }) => fromDay > to);
  return [...before, { fromDay: from, value }, { fromDay: to, value: valueOn(timeline, to) }, ...after];
}

/** Several changes, one after the other. */
export const setEach = <T>(timeline: Timeline<T>, changes: readonly (OpenRange & { value: T | null })[]): Timeline<T> =>
  changes.reduce<Timeline<T>>((before, { from, to, value }) => setWithin(before, { from, to }, value), timeline);

/** The same days with as few entries as can tell them. */
export function simplified<T>(timeline: Timeline<T>, isSame: Same<T>): Entry<T>[] {
  const kept: Entry<T>[] = [];
  for (const entry of timeline) {
    const before = kept.at(-1)?.value ?? null;
    const { value } = entry;
    const isRepeated = before === null || value === null ? before === value : isSame(before, value);
    if (!isRepeated) kept.push(entry);
  }
  return kept;
}

/** Where `upper` has nothing, `lower` holds. */
export function overlaid<T>(upper: Timeline<T>, lower: Timeline<T>): Entry<T>[] {
  const days = [...new Set([...upper, ...lower].map(({ fromDay }) => fromDay))].toSorted();
  return days.map((fromDay) => ({ fromDay, value: valueOn(upper, fromDay) ?? valueOn(lower, fromDay) }));
}

/** The parts of a range in which something holds. */
export function intervalsWithin<T>(timeline: Timeline<T>, { from, to }: DayRange): Interval<T>[] {
  return timeline.flatMap(({ fromDay, value }, i) => {
    const end = timeline[i + 1]?.fromDay ?? to;
    const interval = { from: fromDay > from ? fromDay : from, to: end < to ? end : to };
    return value === null || interval.from >= interval.to ? [] : [{ ...interval, value }];
  });
}
