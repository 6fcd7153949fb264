import { addUtcDays, FIRST_DAY, MS_PER_DAY, MS_PER_HOUR, parseUtcDay, type UtcDay } from "@/server/lib/time";
import type { DayRange } from "@/server/usage/schema";

/** An hour of a zone's day. */
export type ZonedHour = {
  /** The instant with the zone's offset then: "2026-11-01T01:00:00-05:00"; no two hours are the same. */
  local: string;
  instant: Date;
};

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    ...({ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const),
  });
  formats.set(timezone, format);
  return format;
}

/** Wall time of a zone at an instant, to the minute, as if it were UTC. */
export function wallTime(timezone: string, instant: Date): Date {
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return new Date(Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")));
}

/** By how much a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export const aheadAt = (timezone: string, at: number): number => wallTime(timezone, new Date(at)).getTime() - at;

/** The UTC hours that begin in days of a zone, in order: 23, 24 or 25 a day. */
export function hoursInDays({ from, to }: DayRange, timezone: string): ZonedHour[] {
  const hours: ZonedHour[] = [];
  const start = parseUtcDay(from).getTime() - MS_PER_DAY;
  const end = parseUtcDay(to).getTime() + MS_PER_DAY;
  let atStart = aheadAt(timezone, start);
  for (let day = start; day < end; day += MS_PER_DAY) {
    // Asked for each hour of the few days in which clocks change alone: it is slow.
    const atEnd = aheadAt(timezone, day + MS_PER_DAY);
    for (let at = day; at < day + MS_PER_DAY; at += MS_PER_HOUR) {
      const wall = new Date(at + (atStart === atEnd ? atStart : aheadAt(timezone, at)));
      const local = wall.toISOString();
      if (local.slice(0, 10) >= from && local.slice(0, 10) < to)
        hours.push({ local: `${local.slice(0, 19)}${offsetText(wall.getTime() - at)}`, instant: new Date(at) });
    }
    atStart = atEnd;
  }
  return hours;
}

function offsetText(ahead: number): string {
  const minutes = Math.round(ahead / 60_000);
  if (minutes === 0) return "Z";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** The UTC days that a day of a zone has a part of. */
export function utcDaysOf(day: UtcDay, timezone: string): DayRange {
  const start = parseUtcDay(day).getTime();
  // As told at noon. Where clocks change in the night, they are ahead of UTC at one end of the day alone.
  const midnight = start - aheadAt(timezone, start + 12 * MS_PER_HOUR);
  const startsBefore = aheadAt(timezone, midnight) > 0 && day > FIRST_DAY;
  const endsAfter = aheadAt(timezone, midnight + 23 * MS_PER_HOUR) < 0;
  return { from: startsBefore ? addUtcDays(day, -1) : day, to: addUtcDays(day, endsAfter ? 2 : 1) };
}
