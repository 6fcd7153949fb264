import type { PackedStream } from "@/server/explore/packs/streams.sql";
import { addMonths } from "@/server/explore/ranges";
import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** Questions by the hour are about the last quarter; the hours of all days would be most of what is stored. */
export const DAYS_WITH_HOURS = 93;

/** A month is packed when no day of it is expected to move any more. */
const SETTLED_AFTER_DAYS = 5;

export type Kind = {
  grain: Grain;
  /** IANA name; hours are those of UTC days. */
  zone: string;
};

/** Packs of these kinds are made for an organization: days first, of which months are made. */
export const kindsIn = (timezone: string): Kind[] => [
  { grain: "day", zone: "UTC" },
  { grain: "hour", zone: "UTC" },
  { grain: "month", zone: "UTC" },
  ...(timezone === "UTC"
    ? []
    : [
        { grain: "day" as const, zone: timezone },
        { grain: "month" as const, zone: timezone },
      ]),
];

/** Days of a list whose packs are made at once. */
export type Stretch = Kind & {
  stream: PackedStream;
  /** Days of the zone; of months, one whole month. */
  range: DayRange;
};

/** Whether a UTC day is cut: into hours, or where a day of the zone begins. */
export const isCut = ({ grain, zone }: Kind) => grain === "hour" || zone !== "UTC";

type Extent = Pick<PackedStream, "first" | "last">;

/** The days of a zone that facts of a list may lie in. */
export const daysOf = ({ first, last }: Extent, zone: string): DayRange =>
  zone === "UTC" ? { from: first, to: addUtcDays(last, 1) } : { from: addUtcDays(first, -1), to: addUtcDays(last, 2) };

/** UTC days whose hours are kept: from one on, and some besides. */
export type HoursKept = { from: UtcDay; besides: readonly UtcDay[] };

/**
 * The last days, and those where a label changes: a day of a zone has parts with the one and with the other there.
 * @param latest the last day of any list
 * @param edges days with which labels begin or end
 */
export const hoursKept = (latest: UtcDay, edges: readonly UtcDay[]): HoursKept => ({
  from: addUtcDays(latest, 1 - DAYS_WITH_HOURS),
  besides: edges.flatMap((day) => [addUtcDays(day, -1), day]),
});

/** The first days of all packs of a kind that a list should have, in order. */
export function wantedStarts(stream: Extent, { grain, zone }: Kind, hours: HoursKept): UtcDay[] {
  const { from, to } = daysOf(stream, zone);
  switch (grain) {
    case "day":
      return utcDaysBetween(from, to);
    case "hour":
      return utcDaysBetween(from, to).filter((day) => day >= hours.from || hours.besides.includes(day));
    case "month": {
      const months: UtcDay[] = [];
      const settled = addUtcDays(stream.last, -SETTLED_AFTER_DAYS);
      for (let month = `${from.slice(0, 7)}-01`; addMonths(month, 1) <= settled; month = addMonths(month, 1))
        months.push(month);
      return months;
    }
    default:
      return grain satisfies never;
  }
}

/** Neighbours together, the latest first, at most so many. @param starts in order */
export function stretchesOf(starts: readonly UtcDay[], grain: Grain, atMost: number): DayRange[] {
  const next = (day: UtcDay) => (grain === "month" ? addMonths(day, 1) : addUtcDays(day, 1));
  const stretches: (DayRange & { count: number })[] = [];
  for (const day of starts.toReversed()) {
    const last = stretches.at(-1);
    if (last && last.from === next(day) && last.count < atMost) {
      last.from = day;
      last.count += 1;
    } else stretches.push({ from: day, to: next(day), count: 1 });
  }
  return stretches.map(({ from, to }) => ({ from, to }));
}
