import type { OrgScope } from "@/server/auth/scope";
import { findConnection } from "@/server/connections/find-connection";

type UsedKey = { id: string; keyCiphertext: Uint8Array<ArrayBuffer> };

/**
 * The provider refused the key: nothing is tried by itself until a sync works or somebody replaces it. What was refused to
 * a key that has been replaced since says nothing about the new one.
 */
export async function breakConnection(
  scope: OrgScope,
  { id: connectionId, keyCiphertext }: UsedKey,
  reason: "auth" | "permission",
) {
  const { count } = await scope.db.connection.updateMany({
    where: { id: connectionId, status: "active", keyCiphertext },
    data: { status: "broken", statusReason: reason, statusChangedAt: new Date() },
  });
  if (count === 0) return;
  scope.audit({
    action: "connection.break",
    target: { type: "connection", id: connectionId },
    after: { reason },
  });
}

/** The provider accepts the key again: a broken connection is synced by the clock again. */
export async function mendConnection(scope: OrgScope, connectionId: string) {
  const { count } = await scope.db.connection.updateMany({
    where: { id: connectionId, status: "broken" },
    data: { status: "active", statusReason: null, statusChangedAt: new Date() },
  });
  if (count === 0) return;
  scope.audit({ action: "connection.mend", target: { type: "connection", id: connectionId } });
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

/**
 * Goes on syncing; what was missed meanwhile is fetched by the run the caller starts. A broken connection stays broken until
 * that run has proved that its key serves.
 */
export async function resumeConnection(scope: OrgScope, connectionId: string) {
  const connection = await findConnection(scope, connectionId);
  if (connection.status !== "paused") return;
  await scope.db.connection.updateMany({
    where: { id: connectionId, status: "paused" },
    data: { status: "active", statusReason: null, statusChangedAt: new Date() },
  });
  scope.audit({ action: "connection.resume", target: { type: "connection", id: connectionId } });
}
