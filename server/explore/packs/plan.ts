import { startOf } from "@/server/explore/buckets";
import type { ExploreGranularity } from "@/server/explore/constants";
import { WHOLE_DAY } from "@/server/explore/packs/columns.sql";
import type { Kind } from "@/server/explore/packs/wanted";
import { addMonths, wholeMonths } from "@/server/explore/ranges";
import { hoursInDays, utcDaysOf } from "@/server/explore/zone";
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
  /** The first UTC day of each stretch of days in which labels do not change, in order. */
  segments: readonly UtcDay[];
};

type OfPeriod = { range: DayRange; period: number };

/** What to read for a period: units whose series have the same labels in all their parts. */
export function planPeriod(asked: Asked, of: OfPeriod): PlannedPeriod {
  const { granularity, timezone } = asked;
  if (granularity === "hour") return planHours(of, timezone);
  const { range, period } = of;
  const buckets = [...new Set(utcDaysBetween(range.from, range.to).map((day) => startOf(day, granularity)))];
  const numbers = new Map(buckets.map((bucket, number) => [bucket, number]));
  const dayUnits = (day: UtcDay): Unit[] => {
    const bucket = numbers.get(startOf(day, granularity)) ?? -1;
    if (!isOfOneLabel(asked, { from: day, to: addUtcDays(day, 1) }))
      return hoursOfDay(day, { timezone, period, bucket });
    return [{ grain: "day", zone: timezone, period, starts: day, days: [], bucketOfSlot: allSlots(bucket) }];
  };
  const monthUnits = (starts: UtcDay): Unit[] => {
    const month = { from: starts, to: addMonths(starts, 1) };
    const days = utcDaysBetween(month.from, month.to).flatMap(dayUnits);
    if (!isOfOneLabel(asked, month)) return days;
    const bucket = numbers.get(startOf(starts, granularity)) ?? -1;
    return [{ grain: "month", zone: timezone, period, starts, days, bucketOfSlot: allSlots(bucket) }];
  };
  const isCoarse = granularity === "month" || granularity === "quarter";
  const { months, days } = isCoarse ? wholeMonths(range) : { months: null, days: [range] };
  const units = days.flatMap(({ from, to }) => utcDaysBetween(from, to)).flatMap(dayUnits);
  for (let month = months?.from; months && month && month < months.to; month = addMonths(month, 1))
    units.push(...monthUnits(month));
  return { units, buckets };
}

const allSlots = (bucket: number) => new Int32Array(SLOT_COUNT).fill(bucket);

/** Labels hold by UTC day, of which days of another zone have parts. */
function isOfOneLabel({ timezone, segments }: Asked, { from, to }: DayRange): boolean {
  const changesWithin = (days: DayRange) => segments.some((day) => day > days.from && day < days.to);
  if (timezone === "UTC") return !changesWithin({ from, to });
  // Which UTC days these are is slow to tell, so only where a label changes within a day of them.
  if (!changesWithin({ from: addUtcDays(from, -1), to: addUtcDays(to, 1) })) return true;
  return !changesWithin({ from: utcDaysOf(from, timezone).from, to: utcDaysOf(addUtcDays(to, -1), timezone).to });
}

type OfDay = { timezone: string; period: number; bucket: number };

/** A zone's day as hours of the UTC days that it has parts of. */
function hoursOfDay(day: UtcDay, { timezone, period, bucket }: OfDay): Unit[] {
  const hours = hoursAsked({ from: day, to: addUtcDays(day, 1) }, timezone);
  const { from, to } = utcDaysOf(day, timezone);
  return utcDaysBetween(from, to).map((starts) => {
    const slots = hoursOf(starts).map((hour) => (hours.has(hour) ? bucket : -1));
    return unitOfHours({ period, starts }, [...slots, starts === day ? bucket : -1]);
  });
}

const unitOfHours = (of: Pick<Unit, "period" | "starts">, buckets: readonly number[]): Unit => ({
  ...of,
  grain: "hour",
  zone: "UTC",
  days: [],
  bucketOfSlot: Int32Array.from(buckets),
});

/** The hours of a zone's days, as text. */
const hoursAsked = (range: DayRange, timezone: string): ReadonlySet<string> =>
  new Set(hoursInDays(range, timezone).map(({ instant }) => hourOf(instant)));

/** An hour as text: "2026-10-01T07". */
const hourOf = (instant: Date) => instant.toISOString().slice(0, 13);

const hoursOf = (day: UtcDay) =>
  Array.from({ length: WHOLE_DAY }, (_, hour) => `${day}T${String(hour).padStart(2, "0")}`);

/** Hours are those of UTC days, whatever the zone; what has no hour is put down to its UTC day's first one. */
function planHours({ range, period }: OfPeriod, timezone: string): PlannedPeriod {
  const asked = hoursAsked(range, timezone);
  const days = utcDaysBetween(addUtcDays(range.from, -1), addUtcDays(range.to, 1));
  const buckets: string[] = [];
  const units = days.map((starts) => {
    const first = buckets.length;
    const hours = hoursOf(starts);
    buckets.push(...hours.map((hour) => `${hour}:00:00Z`));
    const slots = hours.map((hour, slot) => (asked.has(hour) ? first + slot : -1));
    const whole = starts >= range.from && starts < range.to ? first : -1;
    return unitOfHours({ period, starts }, [...slots, whole]);
  });
  return { units: units.filter(({ bucketOfSlot }) => bucketOfSlot.some((bucket) => bucket >= 0)), buckets };
}
