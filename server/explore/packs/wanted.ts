import type { PackedStream } from "@/server/explore/packs/streams.sql";
import { addMonths } from "@/server/explore/ranges";
import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** Questions by the hour are about the last days; the hours of all days would be most of what is stored. */
export const DAYS_WITH_HOURS = 62;

/** A month is packed when no day of it is expected to move any more. */
const SETTLED_AFTER_DAYS = 5;

export type Kind = { grain: Grain; zone: string };

/** Packs of these kinds are made for an organization. */
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

type Extent = Pick<PackedStream, "first" | "last">;

/** The days of a zone that facts of a list may lie in. */
export const daysOf = ({ first, last }: Extent, zone: string): DayRange =>
  zone === "UTC" ? { from: first, to: addUtcDays(last, 1) } : { from: addUtcDays(first, -1), to: addUtcDays(last, 2) };

/** The first days of all packs of a kind that a list should have, in order. */
export function wantedStarts(stream: Extent, { grain, zone }: Kind): UtcDay[] {
  const { from, to } = daysOf(stream, zone);
  switch (grain) {
    case "day":
      return utcDaysBetween(from, to);
    case "hour": {
      const earliest = addUtcDays(stream.last, 1 - DAYS_WITH_HOURS);
      return utcDaysBetween(from > earliest ? from : earliest, to);
    }
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
