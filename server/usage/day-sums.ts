import { MS_PER_DAY, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { UsageFactRow } from "@/server/usage/normalise";

/**
 * Facts of some days added up by day and series, as rows of the day's first bucket: roll-ups by day come out the same of a
 * twentieth of the rows. Rows that know other measures are added up apart, as what depends on that (the kinds of tokens that
 * are priced) would be another sum; so is what no number can hold exactly.
 */
export function sumsOfDays(rows: readonly UsageFactRow[], days: readonly UtcDay[]): UsageFactRow[] {
  const wanted = new Set(days);
  const sums: UsageFactRow[] = [];
  let open = new Map<number, UsageFactRow>();
  let day = Number.NaN;
  let isWanted = false;
  for (const row of rows) {
    const dayOfRow = row.bucketStart - (row.bucketStart % MS_PER_DAY);
    if (dayOfRow !== day) {
      day = dayOfRow;
      isWanted = wanted.has(toUtcDay(new Date(day)));
      open = new Map();
    }
    if (!isWanted) continue;
    const alike = row.series * KINDS_OF_ROWS + knownMeasures(row);
    const sum = open.get(alike);
    if (sum && addTo(sum, row)) continue;
    const begun = { ...row, bucketStart: day, measures: [...row.measures], more: null };
    open.set(alike, begun);
    sums.push(begun);
  }
  return sums;
}

/** Sixteen measures are known or not. */
const KINDS_OF_ROWS = 2 ** 16;

function knownMeasures({ measures, quantity }: UsageFactRow): number {
  let known = quantity === null ? 0 : 1;
  for (const value of measures) known = known * 2 + (value === null ? 0 : 1);
  return known;
}

/** Adds a row that knows the same measures; false where a sum would not be exact, and nothing is added. */
function addTo(sum: UsageFactRow, { measures, quantity }: UsageFactRow): boolean {
  if (!isExact(sum.quantity, quantity)) return false;
  for (let i = 0; i < measures.length; i++) if (!isExact(sum.measures[i], measures[i])) return false;
  if (quantity !== null) sum.quantity = (sum.quantity ?? 0) + quantity;
  for (let i = 0; i < measures.length; i++) {
    const value = measures[i];
    if (value) sum.measures[i] = (sum.measures[i] ?? 0) + value;
  }
  return true;
}

const isExact = (a: number | null | undefined, b: number | null | undefined) =>
  Number.isSafeInteger((a ?? 0) + (b ?? 0));
