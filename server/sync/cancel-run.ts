import type { OrgScope } from "@/server/auth/scope";
import { notFound } from "@/server/lib/errors";

/** Asks a run to stop; it does so at its next heartbeat, and what it fetched stays. A queued one ends at once. */
export async function cancelRun(scope: OrgScope, runId: string): Promise<void> {
  const now = new Date();
  const run = await scope.db.syncRun.findFirst({ where: { id: runId }, select: { id: true, connectionId: true } });
  if (!run) throw notFound("run");
  const queued = await scope.db.syncRun.updateMany({
    where: { id: runId, state: "queued" },
    data: { state: "cancelled", cancelRequestedAt: now, finishedAt: now },
  });
  const running = await scope.db.syncRun.updateMany({
    where: { id: runId, state: "running", cancelRequestedAt: null },
    data: { cancelRequestedAt: now },
  });
  if (queued.count + running.count === 0) return;
  scope.audit({ action: "sync.cancel", target: { type: "connection", id: run.connectionId }, after: { runId } });
}
