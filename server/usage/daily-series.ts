import { addDecimals, largestFirst } from "@/server/lib/money";
import { utcDaysBetween } from "@/server/lib/time";
import type { DailySeries, DayRange, Member } from "@/server/usage/schema";

/** Bands of a stacked chart besides Other: as many as there are colours that can be told apart. */
export const TOP_MEMBERS = 7;

/** Keys of the largest amounts, largest first. */
export const topKeys = (rows: readonly { key: string; amount: string | null }[], count = TOP_MEMBERS): string[] =>
  largestFirst(
    rows.filter(({ amount }) => amount !== null),
    { amount: ({ amount }) => amount, name: ({ key }) => key },
  )
    .slice(0, count)
    .map(({ key }) => key);

type SeriesInput = {
  range: DayRange;
  /** Amounts by day and key; the key null is everything outside `keys`. */
  amounts: readonly { day: string; key: string | null; amount: string }[];
  keys: readonly string[];
  describe: (key: string) => Member;
  isKnown: (day: string) => boolean;
};

/** Shapes amounts for a stacked chart: every day of the range, null for days that nobody fetched, zero for idle ones. */
export function toDailySeries({ range, amounts, keys, describe, isKnown }: SeriesInput): DailySeries {
  const days = utcDaysBetween(range.from, range.to);
  const byBand = new Map<string | null, Map<string, string>>();
  for (const { day, key, amount } of amounts) {
    const band = byBand.get(key) ?? new Map<string, string>();
    const sum = band.get(day);
    band.set(day, sum === undefined ? amount : addDecimals(sum, amount));
    byBand.set(key, band);
  }
  const valuesOf = (key: string | null) => days.map((day) => byBand.get(key)?.get(day) ?? (isKnown(day) ? "0" : null));
  const named = keys.map((key) => ({ member: { ...describe(key), isOther: false }, values: valuesOf(key) }));
  const other = byBand.has(null)
    ? [{ member: { ...otherMember, kind: named[0]?.member.kind ?? "project" }, values: valuesOf(null) }]
    : [];
  const bands = [...named, ...other];
  return { days, members: bands.map(({ member }) => member), values: bands.map(({ values }) => values) };
}

const otherMember = { key: null, name: null, detail: null, state: "active", isOther: true } as const;
