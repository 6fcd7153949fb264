import type { ExploreGranularity } from "@/server/explore/constants";
import { addUtcDays, parseUtcDay, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** A stretch of the range: its name (the first day of the whole week, month, ..., or the hour as an instant), and the days of the range in it. */
export type Bucket = { start: string; days: DayRange };

type DayOrCoarser = Exclude<ExploreGranularity, "hour">;

/** The buckets of a range of UTC days in order, none left out. The first may begin before the range does. */
export const bucketsOf = (range: DayRange, granularity: ExploreGranularity): Bucket[] =>
  granularity === "hour" ? hoursOf(range) : stretchesOf(range, granularity);

const hoursOf = ({ from, to }: DayRange): Bucket[] =>
  utcDaysBetween(from, to).flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => ({
      start: `${day}T${String(hour).padStart(2, "0")}:00:00Z`,
      days: { from: day, to: addUtcDays(day, 1) },
    })),
  );

function stretchesOf(range: DayRange, granularity: DayOrCoarser): Bucket[] {
  const buckets: Bucket[] = [];
  for (const day of utcDaysBetween(range.from, range.to)) {
    const start = startOf(day, granularity);
    const last = buckets.at(-1);
    if (last?.start === start) last.days.to = addUtcDays(day, 1);
    else buckets.push({ start, days: { from: day, to: addUtcDays(day, 1) } });
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
