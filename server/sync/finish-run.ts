import { breakConnection, mendConnection } from "@/server/connections/set-status";
import type { OrgScope } from "@/server/auth/scope";
import type { RunOutcome, Verdict } from "@/server/sync/judge-run";
import { releaseLease } from "@/server/sync/lease.sql";
import type { RunContext } from "@/server/sync/run-context";

/**
 * Ends a run: its state, the lease, and what it means for the connection, in one transaction. An execution that lost the
 * connection meanwhile has nothing to say. `keyCiphertext` is the key that the run used, null where it could not be opened.
 */
export function finishRun(
  { access, run }: Pick<RunContext, "access" | "run">,
  { outcome, key, hasNewFigures }: Verdict,
  keyCiphertext: Uint8Array<ArrayBuffer> | null,
): Promise<void> {
  return access.inScope(async (scope) => {
    if (!(await releaseLease(scope, run.lease))) return;
    const finishedAt = new Date();
    await endRun(scope, { runId: run.id, outcome, finishedAt });
    if (hasNewFigures)
      await scope.db.connection.updateMany({ where: { id: run.connectionId }, data: { lastSyncedAt: finishedAt } });
    if (key === "serves") await mendConnection(scope, run.connectionId);
    if ((key === "auth" || key === "permission") && keyCiphertext)
      await breakConnection(scope, { id: run.connectionId, keyCiphertext }, key);
    scope.log.info(
      { runId: run.id, connectionId: run.connectionId, kind: run.kind, state: outcome.state },
      "sync run finished",
    );
  });
}

type EndedRun = { runId: string; outcome: RunOutcome; finishedAt: Date };

async function endRun(scope: OrgScope, { runId, outcome, finishedAt }: EndedRun) {
  const { state, errorCode } = outcome;
  await scope.db.syncRun.updateMany({
    where: { id: runId },
    data: { state, errorCode, finishedAt, heartbeatAt: finishedAt },
  });
  await scope.db.syncRunStream.updateMany({
    where: { runId, state: { in: ["queued", "running"] } },
    data: { state: state === "succeeded" || state === "cancelled" ? state : "failed", finishedAt },
  });
}
