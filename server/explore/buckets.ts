import type { ExploreGranularity } from "@/server/explore/constants";
import { hoursInDays, utcDaysOf } from "@/server/explore/zone";
import { addUtcDays, parseUtcDay, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** A stretch of the range. */
export type Bucket = {
  /** Its name: the first day of the whole week, month, ..., or the hour as an instant with the zone's offset. */
  start: string;
  /** The same as the database says it: hours are UTC there. */
  key: string;
  /** The UTC days that have a part in it. */
  days: DayRange;
  /** When an hour begins. */
  at: Date | null;
};

type DayOrCoarser = Exclude<ExploreGranularity, "hour">;

/** The buckets of a range of a zone's days in order, none left out. The first may begin before the range does. */
export const bucketsOf = (range: DayRange, granularity: ExploreGranularity, timezone: string): Bucket[] =>
  granularity === "hour" ? hoursOf(range, timezone) : stretchesOf(range, { granularity, timezone });

const hoursOf = (range: DayRange, timezone: string): Bucket[] =>
  hoursInDays(range, timezone).map(({ local, instant }) => {
    const day = toUtcDay(instant);
    const key = `${instant.toISOString().slice(0, 19)}Z`;
    return { start: local, key, days: { from: day, to: addUtcDays(day, 1) }, at: instant };
  });

type Steps = { granularity: DayOrCoarser; timezone: string };

function stretchesOf(range: DayRange, { granularity, timezone }: Steps): Bucket[] {
  const buckets: Bucket[] = [];
  for (const day of utcDaysBetween(range.from, range.to)) {
    const start = startOf(day, granularity);
    const days = timezone === "UTC" ? { from: day, to: addUtcDays(day, 1) } : utcDaysOf(day, timezone);
    const last = buckets.at(-1);
    if (last?.start === start) last.days.to = days.to;
    else buckets.push({ start, key: start, days, at: null });
  }
  return buckets;
}

/** The first day of the ISO week, month or quarter that a day lies in. */
export function startOf(day: UtcDay, granularity: DayOrCoarser): UtcDay {
  switch (granularity) {
    case "day":
      return day;
    case "week":
      return toMonday(day);
    case "month":
      return `${day.slice(0, 7)}-01`;
    case "quarter": {
      const first = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
      return `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
    }
    default:
      return granularity satisfies never;
  }
}

function toMonday(day: UtcDay): UtcDay {
  const date = parseUtcDay(day);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return toUtcDay(date);
}
