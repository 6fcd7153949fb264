import type { StreamSummary } from "@/server/sync/schema";

const MS_PER_DAY = 86_400_000;

/** One piece of the strip: UTC days [from, to] inclusive. partly: some of its days are missing, not known which. */
export type CoverageBlock = { from: string; to: string; state: "covered" | "partly" | "missing" };

/** `days` of the wanted ones are here; `blocks` show where, oldest first. */
export type Coverage = { days: number; blocks: CoverageBlock[] };

type Covered = Pick<StreamSummary, "coveredFrom" | "coveredDays">;

/** The last `backfillDays` days up to `today` (UTC), drawn in at most `blockCount` equal pieces. */
type Wanted = { backfillDays: number; today: string; blockCount: number };

const toDay = (day: number) => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
const fromDay = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);

/**
 * How much of the wanted days a list has. It knows its first covered day and how many closed days are covered; today is never closed and
 * comes with the others. With a gap somewhere after the first day, every piece after it is "partly".
 */
export function coverageOf(covered: Covered, { backfillDays, today, blockCount }: Wanted): Coverage {
  const end = fromDay(today) + 1;
  const wanted = Math.max(1, backfillDays);
  const first = covered.coveredFrom === null ? end : fromDay(covered.coveredFrom);
  const hasGap = covered.coveredDays < end - 1 - first;
  const count = Math.min(blockCount, wanted);
  const blocks = Array.from({ length: count }, (_, index): CoverageBlock => {
    const from = end - wanted + Math.floor((index * wanted) / count);
    const to = end - wanted + Math.floor(((index + 1) * wanted) / count) - 1;
    return {
      from: toDay(from),
      to: toDay(to),
      state: to < first ? "missing" : from < first || hasGap ? "partly" : "covered",
    };
  });
  return { days: Math.min(wanted, hasGap ? covered.coveredDays : end - first), blocks };
}
