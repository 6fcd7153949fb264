import type { ExploreComparison } from "@/server/explore/constants";
import { addUtcDays, FIRST_DAY, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import { previousRangeOf } from "@/server/usage/day-ranges";
import type { DayRange } from "@/server/usage/schema";

/** The days to compare with; null for none, and where there was no usage at all. A day that the other month lacks is its last one. */
export function comparedRange(range: DayRange, compare: ExploreComparison): DayRange | null {
  const compared = earlierRange(range, compare);
  return compared && compared.from > FIRST_DAY ? compared : null;
}

function earlierRange(range: DayRange, compare: ExploreComparison): DayRange | null {
  switch (compare) {
    case "none":
      return null;
    case "previous_period":
      return previousRangeOf(range);
    case "previous_month":
      return shift(range, -1);
    case "previous_year":
      return shift(range, -12);
    default:
      return compare satisfies never;
  }
}

function shift({ from, to }: DayRange, months: number): DayRange {
  const start = addMonths(from, months);
  // The last day is moved, not the day after it: October 1 to 31 compares with all of September.
  const isWholeMonths = from.endsWith("-01") && to.endsWith("-01");
  const end = isWholeMonths ? addMonths(to, months) : addUtcDays(addMonths(addUtcDays(to, -1), months), 1);
  return { from: start, to: end };
}

export function addMonths(day: UtcDay, months: number): UtcDay {
  const date = parseUtcDay(day);
  const lastOfTarget = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0));
  const dayOfMonth = Math.min(date.getUTCDate(), lastOfTarget.getUTCDate());
  return toUtcDay(new Date(Date.UTC(lastOfTarget.getUTCFullYear(), lastOfTarget.getUTCMonth(), dayOfMonth)));
}

/** A range as its whole months (one range, or none) and the days before and after them. */
export function wholeMonths({ from, to }: DayRange): { months: DayRange | null; days: DayRange[] } {
  const first = from.endsWith("-01") ? from : addMonths(`${from.slice(0, 7)}-01`, 1);
  const last = `${to.slice(0, 7)}-01`;
  if (first >= last) return { months: null, days: [{ from, to }] };
  const days = [
    { from, to: first },
    { from: last, to },
  ];
  return { months: { from: first, to: last }, days: days.filter((part) => part.from < part.to) };
}
