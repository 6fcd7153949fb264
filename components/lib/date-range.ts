import { type Day, dayToDate } from "@/components/lib/format-date";
import { dateFormat } from "@/components/lib/intl-cache";

/** Whole calendar days, both ends included. */
export type DayRange = { from: Day; to: Day };

export const rangePresets = [
  "today",
  "yesterday",
  "last7",
  "last30",
  "last90",
  "thisMonth",
  "lastMonth",
  "monthToDate",
] as const;
export type RangePreset = (typeof rangePresets)[number];

export function addDays(day: Day, count: number): Day {
  const date = dayToDate(day);
  if (!date) return day;
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

export function countDays({ from, to }: DayRange): number {
  const start = dayToDate(from);
  const end = dayToDate(to);
  return start && end ? Math.round((end.getTime() - start.getTime()) / 86_400_000) + 1 : 0;
}

export function listDays(range: DayRange): Day[] {
  return Array.from({ length: Math.max(0, countDays(range)) }, (_, index) => addDays(range.from, index));
}

/** The day it is in a zone at a moment (milliseconds). */
export function dayInZone(timeZone: string, at: number): Day {
  const parts = dateFormat("en-US", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The days a preset means when today is `today`. "Last 7 days" includes today; "this month" runs to its last day. */
export function presetRange(preset: RangePreset, today: Day): DayRange {
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (preset) {
    case "today":
      return { from: today, to: today };
    case "yesterday":
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case "last7":
      return { from: addDays(today, -6), to: today };
    case "last30":
      return { from: addDays(today, -29), to: today };
    case "last90":
      return { from: addDays(today, -89), to: today };
    case "thisMonth":
      return { from: firstOfMonth, to: addDays(firstOfNextMonth(firstOfMonth), -1) };
    case "lastMonth":
      return { from: `${addDays(firstOfMonth, -1).slice(0, 7)}-01`, to: addDays(firstOfMonth, -1) };
    case "monthToDate":
      return { from: firstOfMonth, to: today };
    default:
      return preset satisfies never;
  }
}

/** The preset a range is, if it is one: the first in the list where two coincide. */
export function matchPreset(range: DayRange, today: Day): RangePreset | null {
  const found = rangePresets.find((preset) => {
    const candidate = presetRange(preset, today);
    return candidate.from === range.from && candidate.to === range.to;
  });
  return found ?? null;
}

/** What to compare with: the same days of the month before for a month, else the same number of days just before. */
export function previousRange(range: DayRange): DayRange {
  const monthStart = range.from.endsWith("-01") && range.from.slice(0, 7) === range.to.slice(0, 7);
  if (!monthStart) {
    const length = countDays(range);
    return { from: addDays(range.from, -length), to: addDays(range.from, -1) };
  }
  const lastOfBefore = addDays(range.from, -1);
  const from = `${lastOfBefore.slice(0, 7)}-01`;
  const isWholeMonth = addDays(range.to, 1).endsWith("-01");
  const sameDay = addDays(from, countDays(range) - 1);
  return { from, to: isWholeMonth || sameDay > lastOfBefore ? lastOfBefore : sameDay };
}

/** The counterpart, one step later; never beyond today unless it is a whole calendar month. */
export function nextRange(range: DayRange, today: Day): DayRange {
  const startsMonth = range.from.endsWith("-01") && range.from.slice(0, 7) === range.to.slice(0, 7);
  if (!startsMonth) {
    const steps = Math.min(countDays(range), countDays({ from: range.to, to: today }) - 1);
    return { from: addDays(range.from, steps), to: addDays(range.to, steps) };
  }
  const from = firstOfNextMonth(range.from);
  const lastOfNext = addDays(firstOfNextMonth(from), -1);
  if (addDays(range.to, 1).endsWith("-01")) return { from, to: lastOfNext };
  const candidates = [addDays(from, countDays(range) - 1), lastOfNext, today];
  return { from, to: candidates.reduce((earliest, day) => (day < earliest ? day : earliest)) };
}

/** A range a person typed: both real days, in order, not after `max`. */
export function isValidRange({ from, to }: DayRange, max?: Day): boolean {
  return dayToDate(from) !== null && dayToDate(to) !== null && from <= to && (max === undefined || to <= max);
}

function firstOfNextMonth(firstOfMonth: Day): Day {
  return `${addDays(firstOfMonth, 31).slice(0, 7)}-01`;
}
