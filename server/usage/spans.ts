import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/**
 * Stretches of days that roll-ups know one sum of, besides the single days. The numbers are stored: never renumber, only
 * add. The last five days of a month are as many as are left of it.
 */
export const spans = { five_days: 1, month: 2, quarter: 3 } as const;

export type Span = keyof typeof spans;

/** A stretch as such, or a single day. */
export type Block = DayRange & { by: Span | "day" };

/** SQL for the first day of the stretch that a day (SQL of ours, a date) lies in. */
export const startOfSpan: Record<Span, (day: string) => string> = {
  five_days: (day) => `${startOfSpan.month(day)} + least((extract(day from ${day})::int - 1) / 5, 5) * 5`,
  month: (day) => `date_trunc('month', ${day}::timestamp)::date`,
  quarter: (day) => `date_trunc('quarter', ${day}::timestamp)::date`,
};

const FIVES_OF_MONTH = 6;

/** All quarters that have days of [from, to). */
export function quartersOf({ from, to }: DayRange): Block[] {
  const quarters: Block[] = [];
  let start = firstOfQuarter(from);
  while (start < to) {
    const end = firstOfMonthAfter(start, 3);
    quarters.push({ by: "quarter", from: start, to: end });
    start = end;
  }
  return quarters;
}

/** What a stretch is made of: a quarter of months, a month of five days each, those of days. */
export function blocksWithin({ by, from, to }: Block): Block[] {
  switch (by) {
    case "quarter":
      return betweenStarts("month", [from, firstOfMonthAfter(from, 1), firstOfMonthAfter(from, 2), to]);
    case "month":
      return betweenStarts("five_days", [
        ...Array.from({ length: FIVES_OF_MONTH }, (_, i) => addUtcDays(from, 5 * i)),
        to,
      ]);
    case "five_days":
      return betweenStarts("day", [...utcDaysBetween(from, to), to]);
    case "day":
      return [];
    default:
      return by satisfies never;
  }
}

const firstOfQuarter = (day: UtcDay): UtcDay => {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
};

/** The first day of the month that comes so many months after the one that begins with the given day. */
function firstOfMonthAfter(first: UtcDay, months: number): UtcDay {
  let start = first;
  for (let i = 0; i < months; i++) start = `${addUtcDays(start, 31).slice(0, 7)}-01`;
  return start;
}

const betweenStarts = (by: Block["by"], starts: readonly UtcDay[]): Block[] =>
  starts.slice(1).map((to, i) => ({ by, from: starts[i] ?? to, to }));
