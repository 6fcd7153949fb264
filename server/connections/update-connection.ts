import type { OrgScope } from "@/server/auth/scope";
import { findConnection } from "@/server/connections/find-connection";
import type { UpdateConnectionInput } from "@/server/connections/schema";

/**
 * Changes name, back-fill depth, trailing days or granularity. What is stored stays. Tells whether an active connection now wants more
 * history than before, which a back-fill that the caller starts fetches.
 */
export async function updateConnection(
  scope: OrgScope,
  input: UpdateConnectionInput,
): Promise<{ wantsMoreHistory: boolean }> {
  // Named one by one: the input of a procedure holds more than what is stored.
  const { connectionId, name, backfillDays, trailingDays, usageGranularity } = input;
  const changes = { name, backfillDays, trailingDays, usageGranularity };
  const before = await findConnection(scope, connectionId);
  await scope.db.connection.updateMany({ where: { id: connectionId }, data: changes });
  scope.audit({
    action: "connection.update",
    target: { type: "connection", id: connectionId },
    before: {
      name: before.name,
      backfillDays: before.backfillDays,
      trailingDays: before.trailingDays,
      usageGranularity: before.usageGranularity,
    },
    after: changes,
  });
  return { wantsMoreHistory: before.status === "active" && (backfillDays ?? 0) > before.backfillDays };
}
