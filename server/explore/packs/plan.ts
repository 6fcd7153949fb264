import { startOf } from "@/server/explore/buckets";
import type { ExploreGranularity } from "@/server/explore/constants";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import type { Kind } from "@/server/explore/packs/wanted";
import { addMonths, wholeMonths } from "@/server/explore/ranges";
import { hoursInDays } from "@/server/explore/zone";
import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** A stretch of a period that is read as one pack of each list. */
export type Unit = Kind & {
  period: number;
  starts: UtcDay;
  /** Of months: the packs that do as well. */
  days: readonly Unit[];
  /** The bucket of each slot: see Buckets; -1 where it was not asked for. */
  bucketOfSlot: Int32Array;
};

/** The names of a period's buckets, by the numbers that units have for them. */
export type PlannedPeriod = { units: readonly Unit[]; buckets: readonly string[] };

const SLOT_COUNT = WHOLE_DAY + 1;

type Asked = {
  granularity: ExploreGranularity;
  timezone: string;
  /** Whether whole months may be read as such. */
  canBeMonths: boolean;
};

/** What to read for a period. */
export function planPeriod(asked: Asked, { range, period }: { range: DayRange; period: number }): PlannedPeriod {
  const { granularity, timezone, canBeMonths } = asked;
  if (granularity === "hour") return planHours({ range, period }, timezone);
  const buckets = [...new Set(utcDaysBetween(range.from, range.to).map((day) => startOf(day, granularity)))];
  const numbers = new Map(buckets.map((bucket, number) => [bucket, number]));
  const unitOf = (grain: "day" | "month", starts: UtcDay): Unit => {
    const bucket = numbers.get(startOf(starts, granularity)) ?? -1;
    const days = grain === "month" ? utcDaysBetween(starts, addMonths(starts, 1)).map((day) => unitOf("day", day)) : [];
    return { grain, zone: timezone, period, starts, days, bucketOfSlot: new Int32Array(SLOT_COUNT).fill(bucket) };
  };
  const isCoarse = canBeMonths && (granularity === "month" || granularity === "quarter");
  const { months, days } = isCoarse ? wholeMonths(range) : { months: null, days: [range] };
  const units = days.flatMap(({ from, to }) => utcDaysBetween(from, to)).map((day) => unitOf("day", day));
  for (let month = months?.from; months && month && month < months.to; month = addMonths(month, 1))
    units.push(unitOf("month", month));
  return { units, buckets };
}

/** Hours are those of UTC days, whatever the zone; what has no hour is put down to its UTC day's first one. */
function planHours({ range, period }: { range: DayRange; period: number }, timezone: string): PlannedPeriod {
  const asked = new Set(hoursInDays(range, timezone).map(({ instant }) => instant.toISOString().slice(0, 13)));
  const days = utcDaysBetween(addUtcDays(range.from, -1), addUtcDays(range.to, 1));
  const buckets: string[] = [];
  const units = days.map((starts): Unit => {
    const first = buckets.length;
    const hours = Array.from({ length: WHOLE_DAY }, (_, hour) => `${starts}T${String(hour).padStart(2, "0")}`);
    buckets.push(...hours.map((hour) => `${hour}:00:00Z`));
    const bucketOfSlot = Int32Array.from(hours, (hour, slot) => (asked.has(hour) ? first + slot : -1));
    const whole = starts >= range.from && starts < range.to ? first : -1;
    return {
      grain: "hour",
      zone: "UTC",
      period,
      starts,
      days: [],
      bucketOfSlot: Int32Array.from([...bucketOfSlot, whole]),
    };
  });
  return { units: units.filter(({ bucketOfSlot }) => bucketOfSlot.some((bucket) => bucket >= 0)), buckets };
}
