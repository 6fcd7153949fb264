import type { Bucket } from "@/server/explore/buckets";
import type { BucketState } from "@/server/explore/schema";
import { toUtcDay } from "@/server/lib/time";
import type { StreamStatus } from "@/server/usage/freshness.sql";
import { awaitedOf, daysUntil, isOffered, knowsDay } from "@/server/usage/known-days";
import type { DayRange } from "@/server/usage/schema";

/** What is known of days, by the states of the lists that a figure comes from. Pure. */
export type KnownDays = {
  stateOf: (bucket: Pick<Bucket, "days" | "at">) => BucketState;
  /** Whether every list has all days of a range: only then can something be compared with it. */
  knowsAll: (range: DayRange) => boolean;
};

/** @param statuses of all lists behind the figure, over all connections */
export function judgeDays(statuses: readonly StreamStatus[], now: Date): KnownDays {
  const today = toUtcDay(now);
  const offered = statuses.filter(isOffered);
  const awaited = awaitedOf(offered);
  const everybodyKnows = (day: string) => awaited.length > 0 && awaited.every((status) => knowsDay(status, day, today));
  const somebodyKnows = (day: string) => offered.some((status) => knowsDay(status, day, today));
  return {
    stateOf: ({ days, at }) => {
      if (at && at > now) return "ahead";
      const begun = daysUntil(days, today);
      if (begun.length === 0) return "ahead";
      if (!begun.some(somebodyKnows)) return "unknown";
      if (!begun.every(everybodyKnows)) return "partial";
      return days.to > today ? "open" : "known";
    },
    knowsAll: (range) => daysUntil(range, today).every(everybodyKnows),
  };
}
