import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import type { TenantConnection } from "@/server/db/tenant";
import { Prisma } from "@/server/db/generated/client";
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

/** Longer than a few missed heartbeats, shorter than the queue takes to hand a killed worker's job to another. */
const LEASE = Prisma.sql`interval '20 seconds'`;

/** One execution of a run: `holder` is its own, so that a run which is queued twice is worked on once. */
export type Lease = { connectionId: string; runId: string; holder: string };

const isHeld = (scope: OrgScope, { connectionId, holder }: Lease) =>
  Prisma.sql`org_id = ${scope.org.id}::uuid and id = ${connectionId}::uuid and lease_holder = ${holder}::uuid`;

/** Takes the connection for an execution; false while another one has it. */
export async function takeLease(scope: OrgScope, { connectionId, runId, holder }: Lease): Promise<boolean> {
  const taken = await scope.db.$executeRaw`
    update connections set lease_run_id = ${runId}::uuid, lease_holder = ${holder}::uuid, lease_until = now() + ${LEASE}
    where org_id = ${scope.org.id}::uuid and id = ${connectionId}::uuid
      and (lease_holder is null or lease_until < now())`;
  return taken === 1;
}

/** Renews the lease; tells whether the run should go on. */
export function heartbeat(access: OrgAccess, lease: Lease): Promise<"go_on" | "cancel" | "lost"> {
  return access.inScope(async (scope) => {
    const held = await scope.db
      .$executeRaw`update connections set lease_until = now() + ${LEASE} where ${isHeld(scope, lease)}`;
    if (held === 0) return "lost";
    await scope.db.$executeRaw`
      update sync_runs set heartbeat_at = now() where org_id = ${scope.org.id}::uuid and id = ${lease.runId}::uuid`;
    const run = await scope.db.syncRun.findFirst({ where: { id: lease.runId }, select: { cancelRequestedAt: true } });
    const connection = await scope.db.connection.findFirst({
      where: { id: lease.connectionId },
      select: { status: true },
    });
    return run?.cancelRequestedAt || connection?.status === "paused" || connection?.status === "deleted"
      ? "cancel"
      : "go_on";
  });
}

export const releaseLease = (scope: OrgScope, lease: Lease) =>
  scope.db.$executeRaw`
    update connections set lease_run_id = null, lease_holder = null, lease_until = null where ${isHeld(scope, lease)}`;

type Progress = { runId: string; stream: string; calls: number; isLast: boolean; result: WindowResult };

/**
 * Counts a part of a window, and with the last one the window, in the transaction that stored its facts: a killed run
 * neither loses nor repeats it.
 */
export async function countPart(client: TenantConnection, orgId: string, progress: Progress) {
  const { runId, stream, calls, isLast, result } = progress;
  await client.query(
    `update sync_run_streams set windows_done = windows_done + $4, calls = calls + $5, rows_seen = rows_seen + $6,
       rows_written = rows_written + $7, rows_changed = rows_changed + $8, rows_removed = rows_removed + $9
     where org_id = $1 and run_id = $2 and name = $3`,
    [
      orgId,
      runId,
      stream,
      isLast ? 1 : 0,
      calls,
      result.rowsSeen,
      result.rowsWritten,
      result.rowsChanged,
      result.rowsRemoved,
    ],
  );
}
