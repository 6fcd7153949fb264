import { addUtcDays, toUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import type { StreamStatus } from "@/server/usage/freshness.sql";
import type { DayRange } from "@/server/usage/schema";

/** A list that the organization does not have is not waited for. */
export const isOffered = ({ state }: StreamStatus) => state !== "unsupported";

/** Those that more is expected of; a deleted connection still knows its days, but nobody waits for it. */
export function awaitedOf(statuses: readonly StreamStatus[]): readonly StreamStatus[] {
  const living = statuses.filter(({ connectionStatus }) => connectionStatus !== "deleted");
  return living.length > 0 ? living : statuses;
}

/** A covered day, or today once it was asked for: its bucket is open, its figure so far is known. */
export const knowsDay = ({ covered, syncedThrough }: StreamStatus, day: UtcDay, today: UtcDay) =>
  covered.some(({ from, to }) => from <= day && day < to) ||
  (day === today && syncedThrough !== null && toUtcDay(syncedThrough) === today);

/** The days of a range that have begun. */
export function daysUntil({ from, to }: DayRange, today: UtcDay): UtcDay[] {
  const tomorrow = addUtcDays(today, 1);
  const end = to < tomorrow ? to : tomorrow;
  return from < end ? utcDaysBetween(from, end) : [];
}
