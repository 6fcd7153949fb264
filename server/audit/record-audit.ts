import type { Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";

/** Who acts: a member, a person at the server's own terminal, or a job. */
export type Actor = { type: "user"; id: string } | { type: "operator" } | { type: "job"; id: string };

type AuditContext = { org: { id: string }; actor: Actor; requestId: string | null; db: TenantDb };

/** One change: `action` is noun.verb; before and after hold what changed and never a secret. */
export type AuditEntry = {
  action: string;
  target: { type: string; id: string };
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

/** Writes the audit row in the scope's transaction: it commits or vanishes with what it describes. */
export async function recordAudit(scope: AuditContext, entry: AuditEntry): Promise<void> {
  await scope.db.auditEvent.create({
    data: {
      orgId: scope.org.id,
      actorType: scope.actor.type,
      actorId: scope.actor.type === "operator" ? null : scope.actor.id,
      action: entry.action,
      targetType: entry.target.type,
      targetId: entry.target.id,
      before: entry.before,
      after: entry.after,
      requestId: scope.requestId,
    },
    select: { id: true },
  });
}
