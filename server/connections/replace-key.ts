import type { OrgAccess } from "@/server/auth/scope";
import { sealAdminKey } from "@/server/connections/admin-key";
import { baseUrlOf } from "@/server/connections/base-url";
import { findConnection } from "@/server/connections/find-connection";
import type { ReplaceKeyInput } from "@/server/connections/schema";
import { verifyKey } from "@/server/connections/verify-key";
import { AppError } from "@/server/lib/errors";

/**
 * Swaps the Admin key of a connection for another of the same OpenAI organization; a broken connection works again. A run
 * that works with the old key ends at once: the caller starts another.
 */
export async function replaceKey(access: OrgAccess, input: ReplaceKeyInput): Promise<void> {
  const connection = await access.inScope((scope) => findConnection(scope, input.connectionId));
  const verified = await verifyKey(access, {
    adminKey: input.adminKey,
    baseUrl: baseUrlOf(connection),
    isSample: connection.isSample,
  });
  if (verified.openaiOrgId !== connection.openaiOrgId) {
    throw new AppError("conflict", "key_of_other_organization", {
      message: "This key belongs to another OpenAI organization. Connect that one separately.",
    });
  }
  await access.inScope(async (scope) => {
    const keyCiphertext = await sealAdminKey(scope, connection.id, input.adminKey);
    const status = connection.status === "paused" ? ("paused" as const) : ("active" as const);
    await scope.db.connection.updateMany({
      where: { id: connection.id, status: { not: "deleted" } },
      data: {
        keyCiphertext,
        keyLast4: verified.keyLast4,
        abilities: verified.abilities,
        status,
        statusReason: null,
        statusChangedAt: new Date(),
        leaseRunId: null,
        leaseHolder: null,
        leaseUntil: null,
      },
    });
    const running = { connectionId: connection.id, state: "running" } as const;
    await scope.db.syncRunStream.updateMany({
      where: { run: running, state: { in: ["queued", "running"] } },
      data: { state: "cancelled", finishedAt: new Date() },
    });
    await scope.db.syncRun.updateMany({
      where: running,
      data: { state: "cancelled", finishedAt: new Date() },
    });
    scope.audit({
      action: "connection.replace_key",
      target: { type: "connection", id: connection.id },
      before: { keyLast4: connection.keyLast4 },
      after: { keyLast4: verified.keyLast4 },
    });
  });
}
