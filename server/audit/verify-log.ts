import { CHAIN_START, chainHash } from "@/server/audit/chain";
import { type AuditReader, readAuditPages } from "@/server/audit/read-pages";
import type { AuditEvent } from "@/server/db/generated/client";

export type AuditVerdict = {
  /** Rows whose place and content were checked. */
  rows: number;
  isIntact: boolean;
  /** The first thing that is wrong: where, and what. */
  fault: { seq: number; what: "missing" | "changed" | "not_linked" | "cut_off" | "head_unknown" } | null;
  /** When the first and the last of them were written, ISO instants; null when there is none. */
  from: string | null;
  to: string | null;
  /** Rows that are older than the chain: it says nothing of them. */
  uncovered: number;
  /** The chain's last hash, hexadecimal: note it elsewhere, and nobody can rewrite the log unseen before it. */
  head: string | null;
};

type OrgReader = AuditReader & { org: { id: string } };

/**
 * Recomputes an org's chain of audit rows from the first to the last, while others go on writing. `knownHead` is a head
 * that was noted earlier: it must still be in the chain, which shows a log that was rewritten as a whole, or cut off
 * together with its head.
 */
export async function verifyAuditLog(access: OrgReader, knownHead?: string): Promise<AuditVerdict> {
  const before = await readHead(access);
  const uncovered = await access.inScope(({ db }) => db.auditEvent.count({ where: { seq: null } }));
  const walk = newWalk();
  // Both must be met on the way: what is appended meanwhile comes after them.
  const awaited = new Set([...(before.seq > 0n ? [before.hash] : []), ...(knownHead ? [knownHead.toLowerCase()] : [])]);
  let what = await walkChain(access, walk, (hash) => awaited.delete(hash));
  const isCutOff = awaited.has(before.hash) || walk.seq > (await readHead(access)).seq;
  if (!what && isCutOff) what = "cut_off";
  // An org begins with a row: none at all is no log.
  if (!what && walk.rows + uncovered === 0) what = "missing";
  if (!what && awaited.size > 0) what = "head_unknown";
  const place = what === "head_unknown" ? walk.seq : walk.seq + 1n;
  return {
    rows: walk.rows,
    isIntact: what === null,
    fault: what && { seq: Number(place), what },
    from: walk.from,
    to: walk.to,
    uncovered,
    head: walk.rows === 0 ? null : hex(walk.previous),
  };
}

type What = NonNullable<AuditVerdict["fault"]>["what"];

type Walk = Pick<AuditVerdict, "rows" | "from" | "to"> & { previous: Uint8Array<ArrayBuffer>; seq: bigint };

const newWalk = (): Walk => ({ previous: CHAIN_START, seq: 0n, rows: 0, from: null, to: null });

/** Goes on as long as row follows row; returns what is wrong with the one after the last. */
async function walkChain(access: AuditReader, walk: Walk, onHash: (hash: string) => void): Promise<What | null> {
  for await (const page of readAuditPages(access)) {
    for (const row of page) {
      const what = faultOf(row, walk);
      if (what) return what;
      walk.previous = Uint8Array.from(row.hash ?? []);
      walk.seq += 1n;
      walk.rows += 1;
      walk.to = row.at.toISOString();
      walk.from ??= walk.to;
      onHash(hex(walk.previous));
    }
  }
  return null;
}

function faultOf(row: AuditEvent, { previous, seq }: Walk): What | null {
  const { hash, prevHash, seq: own, ...event } = row;
  if (own !== seq + 1n) return "missing";
  if (!prevHash || hex(prevHash) !== hex(previous)) return "not_linked";
  return hash && hex(hash) === hex(chainHash(previous, { ...event, seq: own })) ? null : "changed";
}

async function readHead(access: OrgReader): Promise<{ seq: bigint; hash: string }> {
  const stored = await access.inScope(({ db }) => db.auditHead.findFirst({ where: { orgId: access.org.id } }));
  return { seq: stored?.seq ?? 0n, hash: hex(stored?.hash ?? CHAIN_START) };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
