import type { OrgScope } from "@/server/auth/scope";
import { prepared } from "@/server/db/prepared";
import type { TenantConnection } from "@/server/db/tenant";
import type { SyncKind } from "@/server/sync/schema";
import type { WindowResult } from "@/server/usage/replace-window";

type NewRun = {
  runId: string;
  connectionId: string;
  kind: SyncKind;
  trigger: string;
  requested?: { from: Date; to: Date };
  isRefetch?: boolean;
};

/** Inserts a run unless an unfinished one of its kind exists (a partial unique index decides, also between processes). */
export async function insertRun(scope: OrgScope, run: NewRun): Promise<{ runId: string; isNew: boolean }> {
  const inserted = await scope.db.$executeRaw`
    insert into sync_runs (org_id, id, connection_id, kind, trigger, from_time, to_time, is_refetch)
    values (${scope.org.id}::uuid, ${run.runId}::uuid, ${run.connectionId}::uuid, ${run.kind}::sync_run_kind, ${run.trigger},
      ${run.requested?.from ?? null}, ${run.requested?.to ?? null}, ${run.isRefetch ?? false})
    on conflict (org_id, connection_id, kind) where state in ('queued', 'running') do nothing`;
  if (inserted === 1) return { runId: run.runId, isNew: true };
  const existing = await scope.db.syncRun.findFirstOrThrow({
    where: { connectionId: run.connectionId, kind: run.kind, state: { in: ["queued", "running"] } },
    select: { id: true },
  });
  return { runId: existing.id, isNew: false };
}

type Progress = { runId: string; stream: string; calls: number; isLast: boolean; result: WindowResult };

/**
 * Counts a part of a window, and with the last one the window, in the transaction that stored its facts: a killed run
 * neither loses nor repeats it.
 */
export async function countPart(client: TenantConnection, orgId: string, progress: Progress) {
  const { runId, stream, calls, isLast, result } = progress;
  const { rowsSeen, rowsWritten, rowsChanged, rowsRemoved } = result;
  const grown = [isLast ? 1 : 0, calls, rowsSeen, rowsWritten, rowsChanged, rowsRemoved];
  await client.query(
    prepared(
      `update sync_run_streams set windows_done = windows_done + $4, calls = calls + $5, rows_seen = rows_seen + $6,
         rows_written = rows_written + $7, rows_changed = rows_changed + $8, rows_removed = rows_removed + $9
       where org_id = $1 and run_id = $2 and name = $3`,
      [orgId, runId, stream, ...grown],
    ),
  );
}

/**
 * Whether somebody cancelled the fetching of history and nobody has asked for it since. Explicit ranges do not count.
 * A run that was killed is none that was cancelled: it goes on by itself.
 */
export async function isHistoryCancelled(scope: OrgScope, connectionId: string): Promise<boolean> {
  const last = await scope.db.syncRun.findFirst({
    where: {
      connectionId,
      fromTime: null,
      OR: [{ kind: "backfill" }, { kind: "trailing", state: "cancelled" }],
    },
    orderBy: { createdAt: "desc" },
    select: { state: true },
  });
  return last?.state === "cancelled";
}
