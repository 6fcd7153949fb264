import { addUtcDays, FIRST_DAY, MS_PER_HOUR, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
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

/** The UTC hours that begin in days of a zone, in order: 23, 24 or 25 a day. */
export function hoursInDays({ from, to }: DayRange, timezone: string): ZonedHour[] {
  const hours: ZonedHour[] = [];
  const end = parseUtcDay(to).getTime() + 24 * MS_PER_HOUR;
  for (let at = parseUtcDay(from).getTime() - 24 * MS_PER_HOUR; at < end; at += MS_PER_HOUR) {
    const instant = new Date(at);
    const wall = wallTime(timezone, instant);
    const day = toUtcDay(wall);
    if (day >= from && day < to)
      hours.push({ local: `${wall.toISOString().slice(0, 19)}${offsetText(wall, instant)}`, instant });
  }
  return hours;
}

function offsetText(wall: Date, instant: Date): string {
  const minutes = Math.round((wall.getTime() - instant.getTime()) / 60_000);
  if (minutes === 0) return "Z";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

/** The UTC days that a day of a zone has a part of. */
export function utcDaysOf(day: UtcDay, timezone: string): DayRange {
  const aheadAt = (instant: number) => wallTime(timezone, new Date(instant)).getTime() - instant;
  const start = parseUtcDay(day).getTime();
  // As told at noon. Where clocks change in the night, they are ahead of UTC at one end of the day alone.
  const midnight = start - aheadAt(start + 12 * MS_PER_HOUR);
  const startsBefore = aheadAt(midnight) > 0 && day > FIRST_DAY;
  const endsAfter = aheadAt(midnight + 23 * MS_PER_HOUR) < 0;
  return { from: startsBefore ? addUtcDays(day, -1) : day, to: addUtcDays(day, endsAfter ? 2 : 1) };
}
