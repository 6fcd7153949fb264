import { aheadAt, wallTime } from "@/server/explore/zone";
import { addUtcDays, MS_PER_DAY, MS_PER_HOUR, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

export type Rhythm = {
  frequency: "day" | "week" | "month";
  /** 0 to 23, by the zone's clock. */
  hour: number;
  /** 1 (Monday) to 7 of a week, 1 to 28 of a month; null for every day. */
  dayOfPeriod: number | null;
  /** Days before the run that are exported; null for the day, week or month before. */
  trailingDays: number | null;
};

/** Where every rhythm comes round at least once. */
const LONGEST_PERIOD_DAYS = 32;

/**
 * The first run after an instant: on the rhythm's next day, at its hour by the zone's clock, but not before that day has
 * begun in UTC, because only then is the last day of the range over. Pure.
 */
export function nextRunAt(rhythm: Rhythm, timezone: string, after: Date): Date {
  const today = localDay(timezone, after);
  for (let ahead = -1; ahead <= LONGEST_PERIOD_DAYS; ahead++) {
    const day = addUtcDays(today, ahead);
    if (!isDayOf(rhythm, day)) continue;
    const at = new Date(Math.max(instantOf(timezone, day, rhythm.hour).getTime(), parseUtcDay(day).getTime()));
    if (at > after) return at;
  }
  throw new Error("a rhythm comes round within a month");
}

/** The days that the run of an instant exports: those before its day in the zone. Pure. */
export function rangeOfRun({ frequency, trailingDays }: Rhythm, timezone: string, at: Date): DayRange {
  const day = localDay(timezone, at);
  if (trailingDays !== null) return { from: addUtcDays(day, -trailingDays), to: day };
  if (frequency === "day") return { from: addUtcDays(day, -1), to: day };
  if (frequency === "week") {
    const monday = addUtcDays(day, 1 - weekdayOf(day));
    return { from: addUtcDays(monday, -7), to: monday };
  }
  const first = `${day.slice(0, 7)}-01`;
  return { from: `${addUtcDays(first, -1).slice(0, 7)}-01`, to: first };
}

/** The most days that a run of a rhythm exports: months have up to 31. Pure. */
export const mostDaysOf = ({ frequency, trailingDays }: Pick<Rhythm, "frequency" | "trailingDays">): number =>
  trailingDays ?? { day: 1, week: 7, month: 31 }[frequency];

const localDay = (timezone: string, at: Date): UtcDay => toUtcDay(wallTime(timezone, at));

function isDayOf({ frequency, dayOfPeriod }: Rhythm, day: UtcDay): boolean {
  if (frequency === "day") return true;
  return (frequency === "week" ? weekdayOf(day) : Number(day.slice(8))) === (dayOfPeriod ?? 1);
}

/** 1 is Monday, 7 is Sunday, as ISO 8601 counts. */
const weekdayOf = (day: UtcDay) => parseUtcDay(day).getUTCDay() || 7;

/**
 * When a zone's clock shows an hour of a day: the first time where it shows it twice; where the clock jumps over it, as
 * much later as it jumps.
 */
export function instantOf(timezone: string, day: UtcDay, hour: number): Date {
  const wanted = parseUtcDay(day).getTime() + hour * MS_PER_HOUR;
  const [before, after] = [-MS_PER_DAY, MS_PER_DAY].map((shift) => wanted - aheadAt(timezone, wanted + shift));
  const fitting = [before, after]
    .filter((at) => at !== undefined)
    .filter((at) => wallTime(timezone, new Date(at)).getTime() === wanted);
  return new Date(Math.min(...(fitting.length > 0 ? fitting : [before ?? wanted])));
}
