import { MS_PER_DAY } from "@/server/lib/time";
import { type BucketWidth, bucketMs } from "@/server/openai/streams";
import { cutNewestFirst, intersectRanges, type Range, subtractRanges, unionRanges } from "@/server/sync/ranges";
import type { SyncKind } from "@/server/sync/schema";

export type WindowPlanInput = {
  kind: Exclude<SyncKind, "directory">;
  /** Epoch milliseconds, as is everything below. */
  now: number;
  width: BucketWidth;
  /** The most buckets the provider gives in one page. */
  maxBuckets: number;
  backfillDays: number;
  /** Closed days that may still be corrected and are fetched again. */
  trailingDays: number;
  coverage: readonly Range[];
  /** An explicit range replaces the back-fill depth. */
  requested: Range | null;
  /** Fetch all of the range again, covered or not. */
  isRefetch: boolean;
  /** Whether a trailing sync also fetches what is missing of the back-fill's days. */
  fillsHistory: boolean;
  /** An earlier attempt of the same run has fetched what may still move. */
  isMovingDone: boolean;
  /** Days from here on are kept less finely grouped than they can be had now. */
  regroupFrom: number | null;
};

/** Whether a run fetches again what was grouped too coarsely: not the frequent look at today, nor an explicit range. */
export const regroups = ({ kind, requested }: { kind: SyncKind; requested: Range | null }) =>
  (kind === "trailing" || kind === "backfill") && requested === null;

/**
 * The windows to fetch, newest first, one page each: what is wanted and not covered, and what may still move (today,
 * or today and the trailing days). D missing days of costs take ceil(D / 180) windows; an idle sync takes one.
 */
export function planWindows(input: WindowPlanInput): Range[] {
  const width = bucketMs[input.width];
  const today = floorTo(input.now, MS_PER_DAY);
  // The open bucket is never covered: once an attempt of this run has fetched it, only closed ones can be missing.
  const horizon = input.isMovingDone ? floorTo(input.now, width) : ceilTo(input.now + 1, width);
  const trailingStart = today - input.trailingDays * MS_PER_DAY;
  const wanted = intersectRanges(wantedRange(input, today), { start: 0, end: horizon });
  if (wanted.start >= wanted.end) return [];
  const moving = { start: input.kind === "recent" ? today : trailingStart, end: horizon };
  const regrouped = input.regroupFrom !== null && regroups(input) ? [{ start: input.regroupFrom, end: horizon }] : [];
  const again = input.isMovingDone ? [] : [input.isRefetch ? wanted : intersectRanges(wanted, moving), ...regrouped];
  // What was covered by the hour may end within a day: a bucket is fetched whole or not at all.
  const ranges = [...subtractRanges(wanted, input.coverage), ...again].map((range) => wholeBuckets(range, width));
  // Between days where it can be: the roll-ups of a day that two windows share are made twice.
  return cutNewestFirst(ranges, input.maxBuckets * width, MS_PER_DAY);
}

/** What should be covered in the end; its future part is cut off by the caller. */
function wantedRange(input: WindowPlanInput, today: number): Range {
  const { kind, requested, coverage } = input;
  const end = today + 2 * MS_PER_DAY;
  const trailingStart = today - input.trailingDays * MS_PER_DAY;
  if (requested) return { start: floorTo(requested.start, MS_PER_DAY), end: ceilTo(requested.end, MS_PER_DAY) };
  if (kind === "recent") return { start: trailingStart, end };
  // However long nothing was synced: no gap is left behind what is covered.
  const lastCovered = unionRanges(coverage).at(-1)?.end ?? end;
  const start = input.fillsHistory ? today - (input.backfillDays - 1) * MS_PER_DAY : trailingStart;
  return { start: Math.min(start, lastCovered), end };
}

/**
 * The newest of each list first, then all lists evenly, whatever their length: few large pages of one stream come between
 * many small ones of others, and are read while those are waited for.
 */
export function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  return lists
    .flatMap((list) => list.map((item, i) => ({ item, at: i / list.length })))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const wholeBuckets = ({ start, end }: Range, width: number): Range => ({
  start: floorTo(start, width),
  end: ceilTo(end, width),
});

const floorTo = (instant: number, step: number) => Math.floor(instant / step) * step;
const ceilTo = (instant: number, step: number) => Math.ceil(instant / step) * step;
