import { randomUUID } from "node:crypto";
import { CHAIN_START, chainHash } from "@/server/audit/chain";
import type { AuditContext, AuditEntry } from "@/server/audit/record-audit";
import type { TenantConnection } from "@/server/db/tenant";

/**
 * What recordAudit does, on a raw connection: for changes whose transaction copies rows in. Call it last: the end of the
 * chain is locked from here to the commit.
 */
export async function recordAuditRaw(
  client: TenantConnection,
  { org, actor, client: from, requestId }: Omit<AuditContext, "db">,
  entry: AuditEntry,
): Promise<void> {
  const { rows } = await client.query<{ seq: string; hash: Buffer }>(
    `insert into audit_heads as h (org_id, seq, hash) values ($1, 0, $2)
     on conflict (org_id) do update set seq = h.seq returning seq, hash`,
    [org.id, Buffer.from(CHAIN_START)],
  );
  const head = rows[0];
  if (!head) throw new Error("an insert returned no row");
  const event = {
    orgId: org.id,
    id: randomUUID(),
    seq: BigInt(head.seq) + 1n,
    at: new Date(),
    actorType: actor.type,
    actorId: "id" in actor ? actor.id : null,
    actorName: "name" in actor ? actor.name : null,
    ip: from.ip,
    userAgent: from.userAgent,
    action: entry.action,
    targetType: entry.target.type,
    targetId: entry.target.id,
    targetName: entry.target.name ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    requestId,
  };
  const hash = Buffer.from(chainHash(head.hash, event));
  await client.query(
    `insert into audit_events (org_id, id, seq, at, actor_type, actor_id, actor_name, ip, user_agent, action, target_type,
       target_id, target_name, before, after, request_id, prev_hash, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      event.orgId,
      event.id,
      event.seq,
      event.at,
      event.actorType,
      event.actorId,
      event.actorName,
      event.ip,
      event.userAgent,
      event.action,
      event.targetType,
      event.targetId,
      event.targetName,
      event.before && JSON.stringify(event.before),
      event.after && JSON.stringify(event.after),
      event.requestId,
      head.hash,
      hash,
    ],
  );
  await client.query("update audit_heads set seq = $2, hash = $3 where org_id = $1", [org.id, event.seq, hash]);
}
