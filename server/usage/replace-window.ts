import type { TenantConnection } from "@/server/db/tenant";
import { addUtcDays, parseUtcDay, toUtcDay, type UtcDay } from "@/server/lib/time";
import type { BucketWidth } from "@/server/openai/streams";
import { copyCostRows, copyUsageRows, inKeyOrder } from "@/server/usage/copy-rows";
import type { CostFacts, UsageFacts } from "@/server/usage/normalise";
import { refreshCostRollups, refreshUsageRollups } from "@/server/usage/rollups.sql";
import type { StreamRef } from "@/server/usage/series";
import { resolveSeries } from "@/server/usage/series.sql";
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
  window: Window,
  facts: CostFacts | UsageFacts,
): Promise<WindowResult> {
  const table = facts.kind === "costs" ? "cost_facts" : "usage_facts";
  const lock = await sql.lockWritableStream(client, orgId, window.stream.id);
  const seriesIds = await resolveSeries(client, { orgId, stream: window.stream, width: window.width }, facts.series);
  const scope = { orgId, table, window, seriesIds } as const;
  const isNew = !(await sql.windowHasFacts(client, scope));
  const changes = isNew
    ? await insertFacts(client, scope, facts)
    : await mergeFacts(client, scope, facts, lock.syncedThrough);
  if (changes.days.length > 0) await refreshRollups(client, scope, { days: changes.days, areAll: isNew });
  await sql.extendCoverage(client, orgId, window);
  const { added, changed, removed } = changes;
  return { rowsSeen: facts.rows.length, rowsWritten: added + changed, rowsChanged: changed, rowsRemoved: removed };
}

/** Row level security forbids COPY into the table itself; into a temporary table it is as fast. */
async function stage(client: TenantConnection, scope: sql.WindowScope, facts: CostFacts | UsageFacts) {
  const table = await sql.openStaging(client, scope.table);
  const target = { table, seriesIds: scope.seriesIds };
  if (facts.kind === "costs") await copyCostRows(client, target, facts.rows);
  else await copyUsageRows(client, target, facts.rows);
}

const inKeyOrderOf = <Facts extends CostFacts | UsageFacts>(facts: Facts, { seriesIds }: sql.WindowScope): Facts => ({
  ...facts,
  rows: inKeyOrder<Facts["rows"][number]>(facts.rows, seriesIds),
});

/** A window that holds nothing yet needs no comparison. */
async function insertFacts(
  client: TenantConnection,
  scope: sql.WindowScope,
  facts: CostFacts | UsageFacts,
): Promise<sql.Changes> {
  if (facts.rows.length === 0) return sql.noChanges;
  await stage(client, scope, inKeyOrderOf(facts, scope));
  await sql.insertStaged(client, scope);
  const buckets = [...new Set(facts.rows.map((row) => row.bucketStart))];
  const days = [...new Set(buckets.map((start) => toUtcDay(new Date(start))))];
  return { added: facts.rows.length, changed: 0, removed: 0, days };
}

async function mergeFacts(
  client: TenantConnection,
  scope: sql.WindowScope,
  facts: CostFacts | UsageFacts,
  syncedThrough: Date | null,
): Promise<sql.Changes> {
  await stage(client, scope, facts);
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
  { days, areAll }: { days: readonly UtcDay[]; areAll: boolean },
) {
  const isWhole = (day: UtcDay) => parseUtcDay(day) >= window.start && parseUtcDay(addUtcDays(day, 1)) <= window.end;
  const whole = days.filter(isWhole);
  const partial = days.filter((day) => !isWhole(day));
  for (const [source, some] of [
    [sql.staging[table], whole],
    [table, partial],
  ] as const) {
    if (some.length === 0) continue;
    const touched = {
      orgId,
      streamId: window.stream.id,
      days: some,
      source,
      isWholeSource: areAll && some.length === days.length,
    };
    if (table === "usage_facts") await refreshUsageRollups(client, touched);
    else await refreshCostRollups(client, touched, window.stream.name);
  }
}
