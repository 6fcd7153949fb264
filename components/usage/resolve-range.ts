import {
  addDays,
  countDays,
  type DayRange as InclusiveRange,
  isValidRange,
  matchPreset,
  presetRange,
  type RangePreset,
} from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import type { RangeState, RangeToken } from "@/components/usage/range-params";
import { FIRST_DAY, MAX_RANGE_DAYS } from "@/server/usage/constants";
import type { DayRange } from "@/server/usage/schema";

export const DEFAULT_RANGE: RangeToken = "last-30-days";

const presetOf: Record<RangeToken, RangePreset> = {
  today: "today",
  yesterday: "yesterday",
  "last-7-days": "last7",
  "last-30-days": "last30",
  "last-90-days": "last90",
  "this-month": "thisMonth",
  "last-month": "lastMonth",
  "month-to-date": "monthToDate",
};

export type SelectedRange = {
  /** Both ends included, as the picker shows it; a running month reaches into the future. */
  shown: InclusiveRange;
  /** What is asked for: `to` is exclusive and not after tomorrow, so that periods of equal length are compared. */
  query: DayRange;
  preset: RangePreset | null;
};

/** What an address means on a UTC day; anything that is no range means the usual one. */
export function resolveRange(state: RangeState, today: Day): SelectedRange {
  const shown = customRange(state, today) ?? presetRange(presetOf[state.range ?? DEFAULT_RANGE], today);
  const last = shown.to > today && shown.from <= today ? today : shown.to;
  return { shown, query: { from: shown.from, to: addDays(last, 1) }, preset: matchPreset(shown, today) };
}

function customRange({ from, to }: RangeState, today: Day): InclusiveRange | null {
  if (!from || !to) return null;
  const range = { from, to: addDays(to, -1) };
  const isSane = isValidRange(range) && from >= FIRST_DAY && from <= today && countDays(range) <= MAX_RANGE_DAYS;
  return isSane ? range : null;
}

/** How a chosen range is written into the address: the usual one not at all, presets by name. */
export function toRangeState(range: InclusiveRange, today: Day): RangeState {
  const preset = matchPreset(range, today);
  const token = preset && tokenOf(preset);
  if (!token) return { range: null, from: range.from, to: addDays(range.to, 1) };
  return { range: token === DEFAULT_RANGE ? null : token, from: null, to: null };
}

function tokenOf(preset: RangePreset): RangeToken | null {
  const found = Object.entries(presetOf).find(([, candidate]) => candidate === preset);
  return found ? (found[0] as RangeToken) : null;
}

/** The UTC day of a moment in milliseconds. */
export const utcDay = (at: number): Day => new Date(at).toISOString().slice(0, 10);

export const utcToday = () => utcDay(Date.now());
