import { addUtcDays, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { StreamStatus } from "@/server/usage/freshness.sql";
import { awaitedOf, daysUntil, isOffered, knowsDay } from "@/server/usage/known-days";
import type { DayRange, Freshness, FreshnessState } from "@/server/usage/schema";

/** Older than this the figures are called stale: a sync for today comes every quarter of an hour. */
const STALE_AFTER_MS = 60 * 60_000;

/** Pure: how current the figures of a range of UTC days are, by the lists they come from. */
export function judgeFreshness(statuses: readonly StreamStatus[], range: DayRange, now: Date): Freshness {
  const awaited = awaitedOf(statuses.filter(isOffered));
  const today = toUtcDay(now);
  const lacks = (day: UtcDay) => awaited.filter((status) => !knowsDay(status, day, today));
  const gaps = daysUntil(range, today).flatMap((day) => {
    const lacking = lacks(day);
    return lacking.length > 0 ? [{ day, lacking }] : [];
  });
  return {
    state: stateOf(statuses, { now, hasGaps: gaps.length > 0 }),
    asOf: oldest(awaited)?.toISOString() ?? null,
    missing: toRanges(gaps.map(({ day }) => day)),
    missingStreams: someOf(
      gaps.flatMap(({ lacking }) => lacking.map(({ stream }) => stream)),
      awaited.map(({ stream }) => stream),
    ),
    problems: problemsOf(statuses),
    sample: sampleShareOf(statuses),
  };
}

/** Those of all, in their order; none when it is all of them, which goes without saying. */
function someOf(names: readonly string[], all: readonly string[]): string[] {
  const [wanted, every] = [new Set(names), new Set(all)];
  return wanted.size === every.size ? [] : [...every].filter((name) => wanted.has(name));
}

function sampleShareOf(statuses: readonly StreamStatus[]): Freshness["sample"] {
  if (!statuses.some(({ isSample }) => isSample)) return "none";
  return statuses.every(({ isSample }) => isSample) ? "all" : "some";
}

function stateOf(statuses: readonly StreamStatus[], { now, hasGaps }: { now: Date; hasGaps: boolean }): FreshnessState {
  const isSyncing = statuses.some((status) => status.isSyncing);
  if (!statuses.some((status) => status.syncedThrough)) {
    if (isSyncing) return "syncing";
    return statuses.some((status) => status.connectionStatus === "broken") ? "failed" : "empty";
  }
  const living = statuses.filter((status) => status.connectionStatus !== "deleted");
  const isBroken = ({ connectionStatus }: StreamStatus) => connectionStatus === "broken";
  if (living.length > 0 && living.every(isBroken)) return "failed";
  if (isSyncing) return "syncing";
  if (hasGaps || living.some((status) => isBroken(status) || isFailing(status))) return "partial";
  const asOf = oldest(living.filter(isOffered));
  return !asOf || now.getTime() - asOf.getTime() > STALE_AFTER_MS ? "stale" : "fresh";
}

const isFailing = (status: StreamStatus) => status.state !== "ok" && isOffered(status);

/** What is wrong with a connection is said once, not for each of its lists. */
function problemsOf(statuses: readonly StreamStatus[]): Freshness["problems"] {
  const byConnection = Map.groupBy(statuses, ({ connectionId }) => connectionId);
  return [...byConnection.values()].flatMap(([first, ...others]): Freshness["problems"] => {
    if (!first || first.connectionStatus === "deleted") return [];
    const { connectionId, connectionName, connectionStatus, statusReason } = first;
    const common = { connectionId, connectionName };
    if (connectionStatus === "broken") return [{ ...common, stream: null, code: statusReason ?? "auth" }];
    if (connectionStatus === "paused") return [{ ...common, stream: null, code: "paused" }];
    return [first, ...others]
      .filter(isFailing)
      .map(({ stream, errorCode, state }) => ({ ...common, stream, code: errorCode ?? state }));
  });
}

const oldest = (statuses: readonly StreamStatus[]) =>
  statuses.reduce<Date | null>((least, { syncedThrough: at }) => (at && (!least || at < least) ? at : least), null);

function toRanges(days: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last?.to === day) last.to = addUtcDays(day, 1);
    else ranges.push({ from: day, to: addUtcDays(day, 1) });
  }
  return ranges;
}
