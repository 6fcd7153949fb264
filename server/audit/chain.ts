import { createHash } from "node:crypto";
import { canonicalJson } from "@/server/lib/canonical-json";

/** What a row's hash covers: everything that it says, and its place. */
export type ChainedEvent = {
  orgId: string;
  id: string;
  seq: bigint;
  at: Date;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  ip: string | null;
  userAgent: string | null;
  action: string;
  targetType: string;
  targetId: string;
  targetName: string | null;
  before: unknown;
  after: unknown;
  requestId: string | null;
};

/** The hash before the first row of an org. */
export const CHAIN_START: Uint8Array<ArrayBuffer> = new Uint8Array(32);

/** SHA-256 over the previous hash and the row in canonical JSON: no row can be changed, moved, added or left out unseen. */
export function chainHash(previous: Uint8Array, event: ChainedEvent): Uint8Array<ArrayBuffer> {
  const content = canonicalJson({
    orgId: event.orgId,
    id: event.id,
    seq: String(event.seq),
    at: event.at.toISOString(),
    actorType: event.actorType,
    actorId: event.actorId,
    actorName: event.actorName,
    ip: event.ip,
    userAgent: event.userAgent,
    action: event.action,
    targetType: event.targetType,
    targetId: event.targetId,
    targetName: event.targetName,
    before: event.before ?? null,
    after: event.after ?? null,
    requestId: event.requestId,
  });
  return new Uint8Array(createHash("sha256").update(previous).update(content, "utf8").digest());
}
