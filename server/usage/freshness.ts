import type { OrgScope } from "@/server/auth/scope";
import { addUtcDays, toUtcDay, utcDaysBetween } from "@/server/lib/time";
import { type StreamStatus, streamStatuses } from "@/server/usage/freshness.sql";
import type { DayRange, Freshness, FreshnessState } from "@/server/usage/schema";

/** Older than this the figures are called stale: a sync for today comes every quarter of an hour. */
const STALE_AFTER_MS = 60 * 60_000;

export type Coverage = {
  freshness: Freshness;
  /** Whether any connection has fetched a day: if none has, its figure is unknown and not zero. */
  isKnown: (day: string) => boolean;
};

/** How current the costs of a range are, over all connections of the org. */
export async function coverageOf(scope: OrgScope, range: DayRange, now = new Date()): Promise<Coverage> {
  return judgeCoverage(await streamStatuses(scope, range), range, now);
}

/** Pure: what the streams' states say about the figures of a range of UTC days. */
export function judgeCoverage(statuses: readonly StreamStatus[], range: DayRange, now: Date): Coverage {
  const today = toUtcDay(now);
  const wantedEnd = range.to < addUtcDays(today, 1) ? range.to : addUtcDays(today, 1);
  const wanted = range.from < wantedEnd ? utcDaysBetween(range.from, wantedEnd) : [];
  const covered = statuses.map((status) => knownDays(status, today));
  // A deleted connection still knows its days, but nobody waits for more of it.
  const living = statuses.filter((status) => status.connectionStatus !== "deleted");
  const awaited = living.length > 0 ? living.map((status) => knownDays(status, today)) : covered;
  const missing = wanted.filter((day) => awaited.some((days) => !days.has(day)));
  const freshness: Freshness = {
    state: stateOf(statuses, { now, hasGaps: missing.length > 0 }),
    asOf: oldest((living.length > 0 ? living : statuses).map((status) => status.syncedThrough))?.toISOString() ?? null,
    missing: toRanges(missing),
    problems: problemsOf(statuses),
    isSample: statuses.length > 0 && statuses.every((status) => status.isSample),
  };
  return { freshness, isKnown: (day) => covered.some((days) => days.has(day)) };
}

/** Covered days, and today once it was asked for: its bucket is open, its figure so far is known. */
function knownDays(status: StreamStatus, today: string): Set<string> {
  const days = new Set(status.coveredDays);
  if (status.syncedThrough && toUtcDay(status.syncedThrough) === today) days.add(today);
  return days;
}

function stateOf(statuses: readonly StreamStatus[], { now, hasGaps }: { now: Date; hasGaps: boolean }): FreshnessState {
  const isSyncing = statuses.some((status) => status.isSyncing);
  if (!statuses.some((status) => status.syncedThrough)) {
    if (isSyncing) return "syncing";
    return statuses.some((status) => status.connectionStatus === "broken") ? "failed" : "empty";
  }
  const living = statuses.filter((status) => status.connectionStatus !== "deleted");
  if (living.length > 0 && living.every((status) => status.connectionStatus === "broken")) return "failed";
  if (isSyncing) return "syncing";
  if (living.some((status) => status.connectionStatus === "broken" || status.state !== "ok") || hasGaps)
    return "partial";
  const asOf = oldest(living.map((status) => status.syncedThrough));
  return !asOf || now.getTime() - asOf.getTime() > STALE_AFTER_MS ? "stale" : "fresh";
}

const problemsOf = (statuses: readonly StreamStatus[]): Freshness["problems"] => statuses.flatMap(problemOf);

function problemOf(status: StreamStatus): Freshness["problems"] {
  const { connectionId, connectionName, connectionStatus, statusReason, stream, state, errorCode } = status;
  if (connectionStatus === "deleted") return [];
  const common = { connectionId, connectionName };
  if (connectionStatus === "broken") return [{ ...common, stream: null, code: statusReason ?? "auth" }];
  if (connectionStatus === "paused") return [{ ...common, stream: null, code: "paused" }];
  return state === "ok" ? [] : [{ ...common, stream, code: errorCode ?? state }];
}

const oldest = (instants: readonly (Date | null)[]) =>
  instants.reduce<Date | null>((least, at) => (at && (!least || at < least) ? at : least), null);

function toRanges(days: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last?.to === day) last.to = addUtcDays(day, 1);
    else ranges.push({ from: day, to: addUtcDays(day, 1) });
  }
  return ranges;
}
