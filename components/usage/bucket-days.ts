import { addDays } from "@/components/lib/date-range";
import { type DecimalText, sumDecimals } from "@/components/lib/decimal";
import type { Day, Granularity } from "@/components/lib/format-date";
import type { DailySeries } from "@/server/usage/schema";

const DAYS_UP_TO = 100;
const WEEKS_UP_TO = 500;

/** As fine as can still be read. */
export function usualGranularity(dayCount: number): Granularity {
  if (dayCount <= DAYS_UP_TO) return "day";
  return dayCount <= WEEKS_UP_TO ? "week" : "month";
}

/** The first day of the bucket a day lies in: its Monday (ISO weeks) or the first of its month. */
export function bucketStart(day: Day, granularity: Granularity): Day {
  switch (granularity) {
    case "day":
      return day;
    case "week":
      return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
    default:
      return granularity satisfies never;
  }
}

/** Sums days into buckets, exactly. A bucket is unknown only where every day of it is. */
export function bucketSeries(series: DailySeries, granularity: Granularity): DailySeries {
  if (granularity === "day") return series;
  const starts = series.days.map((day) => bucketStart(day, granularity));
  const days = [...new Set(starts)];
  const toBuckets = (values: readonly (DecimalText | null)[]) => {
    const parts = new Map<Day, (DecimalText | null)[]>(days.map((day) => [day, []]));
    starts.forEach((start, index) => {
      parts.get(start)?.push(values[index] ?? null);
    });
    return days.map((day) => sumDecimals(parts.get(day) ?? []));
  };
  return { days, members: series.members, values: series.values.map(toBuckets) };
}
