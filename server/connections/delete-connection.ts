import type { OrgScope } from "@/server/auth/scope";
import { eraseConnectionData } from "@/server/connections/erase.sql";
import { findConnection } from "@/server/connections/find-connection";
import type { DeleteConnectionInput } from "@/server/connections/schema";

/**
 * Ends a connection: the key is destroyed and nothing is synced again. `keep` leaves its history in all figures;
 * `erase` removes facts, roll-ups, names, runs and restatements for good.
 */
export async function deleteConnection(scope: OrgScope, { connectionId, history }: DeleteConnectionInput) {
  const connection = await findConnection(scope, connectionId);
  await scope.db.connection.updateMany({
    where: { id: connectionId },
    data: {
      status: "deleted",
      statusReason: null,
      statusChangedAt: new Date(),
      keyCiphertext: null,
      leaseRunId: null,
      leaseHolder: null,
      leaseUntil: null,
    },
  });
  await scope.db.syncRun.updateMany({
    where: { connectionId, state: { in: ["queued", "running"] } },
    data: { state: "cancelled", finishedAt: new Date() },
  });
  if (history === "erase") await eraseConnectionData(scope, connectionId);
  scope.audit({
    action: "connection.delete",
    target: { type: "connection", id: connectionId },
    before: { name: connection.name, openaiOrgId: connection.openaiOrgId, keyLast4: connection.keyLast4 },
    after: { history },
  });
}
