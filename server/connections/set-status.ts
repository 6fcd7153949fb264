import type { OrgScope } from "@/server/auth/scope";

/** The provider refused the key: nothing is tried again until somebody replaces it. */
export async function breakConnection(scope: OrgScope, connectionId: string, reason: "auth" | "permission" | "quota") {
  const { count } = await scope.db.connection.updateMany({
    where: { id: connectionId, status: "active" },
    data: { status: "broken", statusReason: reason, statusChangedAt: new Date() },
  });
  if (count === 0) return;
  await scope.audit({
    action: "connection.break",
    target: { type: "connection", id: connectionId },
    after: { reason },
  });
}
