import type { StreamSummary } from "@/server/sync/schema";

const MS_PER_DAY = 86_400_000;

/** One piece of the strip: UTC days [from, to] inclusive. partly: some of its days are missing, not known which. */
export type CoverageBlock = { from: string; to: string; state: "covered" | "partly" | "missing" };

type Covered = Pick<StreamSummary, "coveredFrom" | "coveredDays">;

const toDay = (day: number) => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
const fromDay = (day: string) => Math.floor(Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY);

/**
 * The last `backfillDays` days up to `today` (UTC) in at most `blockCount` equal pieces. A list knows its first covered
 * day and how many days are covered: with a gap somewhere after the first, every piece after it is "partly".
 */
export function coverageBlocks(covered: Covered, backfillDays: number, today: string, blockCount: number) {
  const end = fromDay(today) + 1;
  const firstCovered = covered.coveredFrom === null ? end : fromDay(covered.coveredFrom);
  const hasGap = end - firstCovered > covered.coveredDays;
  const days = Math.max(1, backfillDays);
  const count = Math.min(blockCount, days);
  return Array.from({ length: count }, (_, index): CoverageBlock => {
    const from = end - days + Math.floor((index * days) / count);
    const to = end - days + Math.floor(((index + 1) * days) / count) - 1;
    return { from: toDay(from), to: toDay(to), state: stateOf(from, to, firstCovered, hasGap) };
  });
}

function stateOf(from: number, to: number, firstCovered: number, hasGap: boolean): CoverageBlock["state"] {
  if (to < firstCovered) return "missing";
  return from < firstCovered || hasGap ? "partly" : "covered";
}
