/** A UTC day as text: 2026-10-01. Figures of the provider's costs are kept by UTC day. */
export type UtcDay = string;

export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 24 * MS_PER_HOUR;

/** The day before which no OpenAI usage exists; ranges are cut there. */
export const FIRST_DAY = "2020-01-01";

/** Five years, with room for leap days: as much as is asked for or shown at once. */
export const MAX_RANGE_DAYS = 1830;

export const toUtcDay = (instant: Date): UtcDay => instant.toISOString().slice(0, 10);

export const addDays = (instant: Date, days: number) => new Date(instant.getTime() + days * MS_PER_DAY);

/** @throws RangeError for anything but an existing calendar day from 2020 on. */
export function parseUtcDay(day: string): Date {
  const instant = new Date(`${day}T00:00:00Z`);
  const isCalendarDay =
    /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime()) && toUtcDay(instant) === day;
  if (!isCalendarDay || day < FIRST_DAY) throw new RangeError(`not a day: ${day.slice(0, 20)}`);
  return instant;
}

export const addUtcDays = (day: UtcDay, days: number): UtcDay => toUtcDay(addDays(parseUtcDay(day), days));

/** Days of [from, to). */
export function utcDaysBetween(from: UtcDay, to: UtcDay): UtcDay[] {
  const days: UtcDay[] = [];
  for (let at = parseUtcDay(from).getTime(); at < parseUtcDay(to).getTime(); at += MS_PER_DAY) {
    days.push(toUtcDay(new Date(at)));
  }
  return days;
}
