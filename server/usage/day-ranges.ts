import { addUtcDays, MS_PER_DAY, parseUtcDay, type UtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

export const lengthInDays = ({ from, to }: DayRange) =>
  (parseUtcDay(to).getTime() - parseUtcDay(from).getTime()) / MS_PER_DAY;

/** As many days again, right before the range. */
export const previousRangeOf = (range: DayRange): DayRange => ({
  from: addUtcDays(range.from, -lengthInDays(range)),
  to: range.from,
});

/** From the first day of any of the ranges to the last. */
export const daysOfAll = ([first, ...others]: readonly [DayRange, ...DayRange[]]): DayRange =>
  others.reduce(
    (all, { from, to }) => ({ from: from < all.from ? from : all.from, to: to > all.to ? to : all.to }),
    first,
  );

/** From the first of the month up to and including the given day. */
export const monthToDate = (day: UtcDay): DayRange => ({ from: `${day.slice(0, 7)}-01`, to: addUtcDays(day, 1) });

/** The same number of days of the month before, at most all of it: March 31 compares with all of February. */
export function sameDaysOfPreviousMonth({ from, to }: DayRange): DayRange {
  const lastOfPrevious = addUtcDays(from, -1);
  const start = `${lastOfPrevious.slice(0, 7)}-01`;
  const end = addUtcDays(start, lengthInDays({ from, to }));
  return { from: start, to: end < from ? end : from };
}
