import type { OrgScope } from "@/server/auth/scope";
import { findConnection } from "@/server/connections/find-connection";
import { AppError } from "@/server/lib/errors";

/** The provider refused the key: nothing is tried again until somebody replaces it. */
export async function breakConnection(scope: OrgScope, connectionId: string, reason: "auth" | "permission" | "quota") {
  const { count } = await scope.db.connection.updateMany({
    where: { id: connectionId, status: "active" },
    data: { status: "broken", statusReason: reason, statusChangedAt: new Date() },
  });
  if (count === 0) return;
  scope.audit({
    action: "connection.break",
    target: { type: "connection", id: connectionId },
    after: { reason },
  });
}

/** Stops syncing; a run under way stops at its next heartbeat. History stays. Pausing twice is once. */
export async function pauseConnection(scope: OrgScope, connectionId: string) {
  const connection = await findConnection(scope, connectionId);
  if (connection.status === "paused") return;
  await scope.db.connection.updateMany({
    where: { id: connectionId, status: { in: ["active", "broken"] } },
    data: { status: "paused", statusReason: null, statusChangedAt: new Date() },
  });
  scope.audit({
    action: "connection.pause",
    target: { type: "connection", id: connectionId },
    before: { status: connection.status },
  });
}

/** Goes on syncing; what was missed meanwhile is fetched by the run the caller starts. */
export async function resumeConnection(scope: OrgScope, connectionId: string) {
  const connection = await findConnection(scope, connectionId);
  if (connection.status === "broken") {
    throw new AppError("precondition", "connection_broken", { message: "The key is refused. Replace it first." });
  }
  if (connection.status !== "paused") return;
  await scope.db.connection.updateMany({
    where: { id: connectionId, status: "paused" },
    data: { status: "active", statusReason: null, statusChangedAt: new Date() },
  });
  scope.audit({ action: "connection.resume", target: { type: "connection", id: connectionId } });
}
