import type { TenantDb } from "@/server/db/tenant";

export type ChainHead = { seq: bigint; hash: Uint8Array<ArrayBuffer> };

/** The end of the org's chain, locked until the transaction ends; made when there is none yet. */
export async function lockAuditHead(db: TenantDb, orgId: string, start: Uint8Array<ArrayBuffer>): Promise<ChainHead> {
  const [head] = await db.$queryRaw<ChainHead[]>`
    insert into audit_heads as h (org_id, seq, hash) values (${orgId}::uuid, 0, ${start})
    on conflict (org_id) do update set seq = h.seq
    returning seq, hash`;
  if (!head) throw new Error("an insert returned no row");
  return head;
}
