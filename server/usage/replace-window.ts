import type { TenantConnection } from "@/server/db/tenant";
import { parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { BucketWidth } from "@/server/openai/streams";
import { copyFacts } from "@/server/usage/copy-rows";
import { digestsOfDays, isWholeIn, partThatMayDiffer, within } from "@/server/usage/day-digests";
import { keepDigests, storedDigests } from "@/server/usage/day-digests.sql";
import { sumsOfDays } from "@/server/usage/day-sums";
import type { CostFacts, UsageFacts } from "@/server/usage/normalise";
import { type ResolvedFacts, resolved, withRows } from "@/server/usage/resolved-facts";
import { refreshCostRollups, refreshUsageRollups } from "@/server/usage/rollups.sql";
import type { StreamRef } from "@/server/usage/series";
import { findSeries, hashedSeries, storeSeries } from "@/server/usage/series.sql";
import * as sql from "@/server/usage/window.sql";

export type Window = {
  stream: StreamRef;
  width: BucketWidth;
  /** Bucket-aligned, half-open. */
  start: Date;
  end: Date;
  /** When the provider was asked: buckets that end later are not closed yet and do not count as covered. */
  fetchedAt: Date;
};

/** A window that may be given up at the last moment. */
type GuardedWindow = Window & {
  /** Is asked when the stream's row is locked, and throws when the caller may store nothing any more. */
  assertHeld?: () => Promise<void>;
};

export type WindowResult = { rowsSeen: number; rowsWritten: number; rowsChanged: number; rowsRemoved: number };

/**
 * Makes the stored facts of a window equal to what the provider gave, in the caller's transaction: rows are added,
 * changed and removed (also downward), roll-ups of the touched days follow, what changed in a bucket that was closed
 * when it was fetched before is kept as a restatement, and the window counts as covered.
 * Unchanged rows are not written again, and days that are given as they were stored last are not even sent.
 */
export async function replaceWindow(
  client: TenantConnection,
  orgId: string,
  window: GuardedWindow,
  given: CostFacts | UsageFacts,
): Promise<WindowResult> {
  const table = given.kind === "costs" ? "cost_facts" : "usage_facts";
  const scope = { orgId, table, window } as const;
  const seriesScope = { orgId, stream: window.stream, width: window.width };
  const series = hashedSeries(seriesScope, given.series);
  // The rows of a new window travel before the stream is locked, so that its other windows do not wait for them. New series
  // are only stored behind the lock, which whoever erases the stream takes first, too.
  const known = await findSeries(client, seriesScope, series);
  const ahead = known && !(await sql.windowHasFacts(client, scope)) ? resolved(given, known) : null;
  if (ahead) await stage(client, scope, ahead);
  const lock = await sql.lockStream(client, orgId, window.stream.id);
  await window.assertHeld?.();
  if (!lock) throw new Error(`stream ${window.stream.id} is gone`);
  const isNew = !(await sql.writableWindowHasFacts(client, scope));
  const facts = ahead ?? resolved(given, known ?? (await storeSeries(client, seriesScope, series)));

  const storing = { facts, isStaged: ahead !== null, syncedThrough: lock.syncedThrough };
  const { added, changed, removed } = await (isNew ? storeNew : storeAgain)(client, scope, storing);
  await sql.extendCoverage(client, orgId, window);
  return { rowsSeen: given.rows.length, rowsWritten: added + changed, rowsChanged: changed, rowsRemoved: removed };
}

type Storing = { facts: ResolvedFacts; isStaged: boolean; syncedThrough: Date | null };

/** A window that holds nothing yet needs no comparison. */
async function storeNew(client: TenantConnection, scope: sql.WindowScope, { facts, isStaged }: Storing) {
  if (facts.rows.length === 0) return sql.noChanges;
  if (!isStaged) await stage(client, scope, facts);
  const [, { days, sums, digests }] = await Promise.all([
    sql.insertStaged(client, scope),
    whileInserting(scope.window, facts),
  ]);
  await refreshRollups(client, scope, { days, sums, isNew: true });
  await keepDigests(client, scope, digests);
  return { added: facts.rows.length, changed: 0, removed: 0, days };
}

/** What can be worked out while PostgreSQL is busy. */
function whileInserting(window: Window, facts: ResolvedFacts) {
  const days = daysOf(facts.rows);
  return { days, sums: sumsOfWholeDays(window, facts, days), digests: digestsOfDays(window, facts) };
}

/** What is known to be stored as it is given is left alone: all but the part from the first to the last day that may differ. */
async function storeAgain(
  client: TenantConnection,
  whole: sql.WindowScope,
  { facts: given, isStaged, syncedThrough }: Storing,
) {
  const digests = digestsOfDays(whole.window, given);
  const window = isStaged ? whole.window : partThatMayDiffer(whole.window, digests, await storedDigests(client, whole));
  if (!window) return sql.noChanges;
  const scope = { ...whole, window };
  const facts = withRows(given, within(window.start.getTime(), window.end.getTime()));
  if (!isStaged) await stage(client, scope, facts);
  const changes = await mergeFacts(client, scope, syncedThrough);
  const { days } = changes;
  if (days.length > 0)
    await refreshRollups(client, scope, { days, sums: sumsOfWholeDays(window, facts, days), isNew: false });
  await keepDigests(client, whole, digests);
  return changes;
}

/** Row level security forbids COPY into the table itself; into a temporary table it is as fast. */
async function stage(client: TenantConnection, { table }: sql.WindowScope, facts: ResolvedFacts) {
  const staged = await sql.openStaging(client, table);
  if (facts.rows.length > 0) await copyFacts(client, staged, facts);
}

/** The days of rows that come bucket by bucket. */
function daysOf(rows: ResolvedFacts["rows"]): UtcDay[] {
  const days = new Set<UtcDay>();
  let bucketStart: number | undefined;
  for (const row of rows) {
    if (row.bucketStart === bucketStart) continue;
    bucketStart = row.bucketStart;
    days.add(toUtcDay(new Date(bucketStart)));
  }
  return [...days];
}

async function mergeFacts(
  client: TenantConnection,
  scope: sql.WindowScope,
  syncedThrough: Date | null,
): Promise<sql.Changes> {
  const changes = await sql.stageChanges(client, scope);
  if (changes.added + changes.changed + changes.removed === 0) return changes;
  if (syncedThrough) await sql.recordRestatements(client, scope, { syncedThrough, found: changes });
  await sql.applyChanges(client, scope, changes);
  return changes;
}

const wholeDaysOf = (window: Window, days: readonly UtcDay[]) =>
  days.filter((day) => isWholeIn(window, parseUtcDay(day).getTime()));

/** Facts by the hour are added up here: PostgreSQL would do so once for each roll-up. Null where there is nothing to add up. */
function sumsOfWholeDays(window: Window, facts: ResolvedFacts, days: readonly UtcDay[]): ResolvedFacts | null {
  const whole = wholeDaysOf(window, days);
  if (facts.kind === "costs" || window.width === "1d" || whole.length === 0) return null;
  return { ...facts, rows: sumsOfDays(facts.rows, whole) };
}

type Refreshed = { days: readonly UtcDay[]; sums: ResolvedFacts | null; isNew: boolean };

/** A day that lies in the window is all staged, which is read faster than the facts; others are read from the facts. */
async function refreshRollups(client: TenantConnection, scope: sql.WindowScope, { days, sums, isNew }: Refreshed) {
  const { orgId, table, window } = scope;
  const whole = wholeDaysOf(window, days);
  const partial = days.filter((day) => !whole.includes(day));
  if (sums) await copyFacts(client, await sql.openStaging(client, table, sql.stagedSums), sums);
  const staged = {
    source: sums ? sql.stagedSums : sql.staging[table],
    days: whole,
    isWholeSource: sums !== null || (isNew && partial.length === 0),
    areNew: isNew,
  };
  for (const some of [staged, { days: partial }]) {
    if (some.days.length === 0) continue;
    const touched = { orgId, streamId: window.stream.id, ...some };
    if (table === "usage_facts") await refreshUsageRollups(client, touched);
    else await refreshCostRollups(client, touched, window.stream.name);
  }
}
