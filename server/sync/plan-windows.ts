import { MS_PER_DAY, MS_PER_HOUR } from "@/server/lib/time";
import { cutNewestFirst, intersectRanges, type Range, subtractRanges } from "@/server/sync/ranges";
import type { SyncKind } from "@/server/sync/schema";
import type { BucketWidth } from "@/server/usage/series";

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
};

export const bucketMs = (width: BucketWidth) => (width === "1h" ? MS_PER_HOUR : MS_PER_DAY);

/**
 * The windows to fetch, newest first, one page each: what is wanted and not covered, and what may still move (today,
 * or today and the trailing days). D missing days of costs take ceil(D / 180) windows; an idle sync takes one.
 */
export function planWindows(input: WindowPlanInput): Range[] {
  const width = bucketMs(input.width);
  const today = floorTo(input.now, MS_PER_DAY);
  const horizon = ceilTo(input.now + 1, width);
  const trailingStart = today - input.trailingDays * MS_PER_DAY;
  const wanted = input.requested
    ? intersectRanges(
        { start: floorTo(input.requested.start, MS_PER_DAY), end: ceilTo(input.requested.end, MS_PER_DAY) },
        { start: 0, end: horizon },
      )
    : { start: input.kind === "recent" ? trailingStart : today - (input.backfillDays - 1) * MS_PER_DAY, end: horizon };
  if (wanted.start >= wanted.end) return [];
  const moving = { start: input.kind === "recent" ? today : trailingStart, end: horizon };
  const fetchAgain = input.isRefetch ? wanted : intersectRanges(wanted, moving);
  return cutNewestFirst([...subtractRanges(wanted, input.coverage), fetchAgain], input.maxBuckets * width);
}

/** Round robin over streams, so that the newest windows of all come before the oldest of any. */
export function interleave<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}

const floorTo = (instant: number, step: number) => Math.floor(instant / step) * step;
const ceilTo = (instant: number, step: number) => Math.ceil(instant / step) * step;
