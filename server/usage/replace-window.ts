import type { TenantConnection } from "@/server/db/tenant";
import { MS_PER_DAY, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { BucketWidth } from "@/server/openai/streams";
import { copyCostRows, copyUsageRows, inKeyOrder } from "@/server/usage/copy-rows";
import type { CostFactRow, CostFacts, UsageFactRow, UsageFacts } from "@/server/usage/normalise";
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
 * Unchanged rows are not written again.
 */
export async function replaceWindow(
  client: TenantConnection,
  orgId: string,
  window: GuardedWindow,
  facts: CostFacts | UsageFacts,
): Promise<WindowResult> {
  const table = facts.kind === "costs" ? "cost_facts" : "usage_facts";
  const scope = { orgId, table, window } as const;
  const seriesScope = { orgId, stream: window.stream, width: window.width };
  const series = hashedSeries(seriesScope, facts.series);
  // Rows travel before the stream is locked, so that its other windows do not wait for them. New series are only stored
  // behind the lock, which whoever erases the stream takes first, too.
  const known = await findSeries(client, seriesScope, series);
  if (known) await stage(client, scope, { facts, seriesIds: known });
  const lock = await sql.lockStream(client, orgId, window.stream.id);
  await window.assertHeld?.();
  if (!lock) throw new Error(`stream ${window.stream.id} is gone`);
  const isNew = !(await sql.writableWindowHasFacts(client, scope));
  if (!known) await stage(client, scope, { facts, seriesIds: await storeSeries(client, seriesScope, series) });

  const changes = isNew ? await insertFacts(client, scope, facts) : await mergeFacts(client, scope, lock.syncedThrough);
  if (changes.days.length > 0) await refreshRollups(client, scope, { days: changes.days, isNew });
  await sql.extendCoverage(client, orgId, window);
  const { added, changed, removed } = changes;
  return { rowsSeen: facts.rows.length, rowsWritten: added + changed, rowsChanged: changed, rowsRemoved: removed };
}

type FactRow = CostFactRow | UsageFactRow;
type Resolved = { facts: CostFacts | UsageFacts; seriesIds: readonly bigint[] };

/**
 * Row level security forbids COPY into the table itself; into a temporary table it is as fast. What will most likely be
 * inserted as it is comes in the order of the key.
 */
async function stage(client: TenantConnection, scope: sql.WindowScope, { facts, seriesIds }: Resolved) {
  const target = { table: await sql.openStaging(client, scope.table), seriesIds };
  if (facts.rows.length === 0) return;
  const hasFacts = await sql.windowHasFacts(client, scope);
  const ordered = <Row extends FactRow>(rows: Row[]) => (hasFacts ? rows : inKeyOrder(rows, seriesIds));
  if (facts.kind === "costs") await copyCostRows(client, target, ordered(facts.rows));
  else await copyUsageRows(client, target, ordered(facts.rows));
}

/** A window that holds nothing yet needs no comparison. */
async function insertFacts(
  client: TenantConnection,
  scope: sql.WindowScope,
  { rows }: CostFacts | UsageFacts,
): Promise<sql.Changes> {
  if (rows.length === 0) return sql.noChanges;
  await sql.insertStaged(client, scope);
  return { added: rows.length, changed: 0, removed: 0, days: daysOf(rows) };
}

/** The days of rows that come bucket by bucket. */
function daysOf(rows: readonly FactRow[]): UtcDay[] {
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

/** A day that lies in the window is all staged, which is read faster than the facts; others are read from the facts. */
async function refreshRollups(
  client: TenantConnection,
  { orgId, table, window }: sql.WindowScope,
  { days, isNew }: { days: readonly UtcDay[]; isNew: boolean },
) {
  const [from, to] = [window.start.getTime(), window.end.getTime() - MS_PER_DAY];
  const { whole = [], partial = [] } = Object.groupBy(days, (day) => {
    const start = parseUtcDay(day).getTime();
    return start >= from && start <= to ? "whole" : "partial";
  });
  const staged = {
    source: sql.staging[table],
    days: whole,
    isWholeSource: isNew && partial.length === 0,
    areNew: isNew,
  };
  for (const some of [staged, { days: partial }]) {
    if (some.days.length === 0) continue;
    const touched = { orgId, streamId: window.stream.id, ...some };
    if (table === "usage_facts") await refreshUsageRollups(client, touched);
    else await refreshCostRollups(client, touched, window.stream.name);
  }
}
