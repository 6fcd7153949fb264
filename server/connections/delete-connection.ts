import type { OrgScope } from "@/server/auth/scope";
import { findConnection } from "@/server/connections/find-connection";
import type { DeleteConnectionInput } from "@/server/connections/schema";
import { enqueue } from "@/server/jobs/enqueue";
import { notFound } from "@/server/lib/errors";

/**
 * Ends a connection: the key is destroyed and nothing is synced again. `keep` leaves its history in all figures; with
 * `erase` it counts nowhere from now on, and a job removes facts, roll-ups, names, runs and restatements for good. What was
 * kept can be erased later; a sample's history always goes.
 * @throws AppError not_found for what is not there or, unless it is to be erased, was deleted before.
 */
export async function deleteConnection(scope: OrgScope, { connectionId, history }: DeleteConnectionInput) {
  const connection = await findConnection(scope, connectionId, { among: history === "erase" ? "all" : "living" });
  if (connection.eraseRequestedAt) return;
  const isErased = history === "erase" || connection.isSample;
  const now = new Date();
  const { count } = await scope.db.connection.updateMany({
    // Connecting again may have been faster.
    where: { id: connectionId, status: connection.status },
    data: {
      status: "deleted",
      statusReason: null,
      statusChangedAt: now,
      keyCiphertext: null,
      keyLast4: null,
      leaseRunId: null,
      leaseHolder: null,
      leaseUntil: null,
      eraseRequestedAt: isErased ? now : null,
    },
  });
  if (count === 0) throw notFound("connection");
  await scope.db.syncRun.updateMany({
    where: { connectionId, state: { in: ["queued", "running"] } },
    data: { state: "cancelled", finishedAt: now },
  });
  scope.audit({
    action: "connection.delete",
    target: { type: "connection", id: connectionId },
    before: {
      status: connection.status,
      name: connection.name,
      openaiOrgId: connection.openaiOrgId,
      keyLast4: connection.keyLast4,
    },
    after: { history: isErased ? "erase" : "keep" },
  });
  if (isErased) scope.afterCommit(() => enqueue("connection.erase", { orgId: scope.org.id, connectionId }));
}
