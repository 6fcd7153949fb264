import { randomUUID } from "node:crypto";
import { CHAIN_START, chainHash } from "@/server/audit/chain";
import type { AuditAction } from "@/server/audit/constants";
import { lockAuditHead } from "@/server/audit/head.sql";
import { Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";
import type { ClientInfo } from "@/server/lib/client-info";

/** Who acts: a member, a program with a token, somebody unknown, a person at the server's own terminal, or a job. */
export type Actor =
  | { type: "user"; id: string; name: string }
  | { type: "token"; id: string; name: string }
  | { type: "anonymous" }
  | { type: "operator" }
  | { type: "job"; id: string };

export type AuditContext = {
  org: { id: string };
  actor: Actor;
  client: ClientInfo;
  requestId: string | null;
  db: TenantDb;
};

/** One change: `action` is noun.verb; before and after hold what changed and never a secret. */
export type AuditEntry = {
  action: AuditAction;
  target: { type: string; id: string; name?: string };
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

/**
 * Appends to the org's audit log in the context's transaction: the row commits or vanishes with what it describes. The
 * end of the chain is locked from here to the commit; OrgScope.audit therefore calls this last in its transaction.
 */
export async function recordAudit(context: AuditContext, entry: AuditEntry): Promise<void> {
  const { db, org, actor, client } = context;
  const head = await lockAuditHead(db, org.id, CHAIN_START);
  const event = {
    orgId: org.id,
    id: randomUUID(),
    seq: head.seq + 1n,
    at: new Date(),
    actorType: actor.type,
    actorId: "id" in actor ? actor.id : null,
    actorName: "name" in actor ? actor.name : null,
    ip: client.ip,
    userAgent: client.userAgent,
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    targetName: entry.target.name ?? null,
    before: plainJson(entry.before),
    after: plainJson(entry.after),
    requestId: context.requestId,
  };
  const hash = chainHash(head.hash, event);
  await db.auditEvent.create({
    data: {
      ...event,
      before: event.before ?? Prisma.DbNull,
      after: event.after ?? Prisma.DbNull,
      prevHash: head.hash,
      hash,
    },
    select: { id: true },
  });
  await db.auditHead.updateMany({ where: { orgId: org.id }, data: { seq: event.seq, hash } });
}

/** As it will be read again: without undefined, dates as text. */
const plainJson = (value: Prisma.InputJsonObject | undefined): Prisma.InputJsonObject | null =>
  value === undefined ? null : JSON.parse(JSON.stringify(value));
