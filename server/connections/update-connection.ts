import type { OrgScope } from "@/server/auth/scope";
import { findConnection } from "@/server/connections/find-connection";
import type { UpdateConnectionInput } from "@/server/connections/schema";

/** Changes name, back-fill depth or granularity. What is stored stays; the next sync fetches what is newly wanted. */
export async function updateConnection(scope: OrgScope, { connectionId, ...changes }: UpdateConnectionInput) {
  const { name, backfillDays, usageGranularity } = await findConnection(scope, connectionId);
  await scope.db.connection.updateMany({ where: { id: connectionId }, data: changes });
  scope.audit({
    action: "connection.update",
    target: { type: "connection", id: connectionId },
    before: { name, backfillDays, usageGranularity },
    after: changes,
  });
}
