import { CHAIN_START, chainHash } from "@/server/audit/chain";
import { type AuditReader, readAuditPages } from "@/server/audit/read-pages";
import type { AuditEvent } from "@/server/db/generated/client";

export type AuditVerdict = {
  /** Rows whose place and content were checked. */
  rows: number;
  isIntact: boolean;
  /** The first thing that is wrong: where, and what. */
  fault: { seq: number; what: "missing" | "changed" | "not_linked" | "cut_off" | "head_unknown" } | null;
  /** The chain's last hash, hexadecimal: note it elsewhere, and nobody can rewrite the log unseen before it. */
  head: string | null;
};

/**
 * Recomputes an org's chain of audit rows from the first to the last. `knownHead` is a head that was noted earlier: it
 * must still be in the chain, which shows a log that was rewritten as a whole, or cut off together with its head.
 */
export async function verifyAuditLog(
  access: AuditReader & { org: { id: string } },
  knownHead?: string,
): Promise<AuditVerdict> {
  const state = { previous: CHAIN_START, seq: 0n, rows: 0, hasKnownHead: knownHead === undefined };
  for await (const page of readAuditPages(access)) {
    for (const row of page) {
      const what = faultOf(row, state);
      if (what) return verdict(state, { seq: Number(state.seq + 1n), what });
      state.previous = Uint8Array.from(row.hash ?? []);
      state.seq += 1n;
      state.rows += 1;
      state.hasKnownHead ||= hex(state.previous) === knownHead?.toLowerCase();
    }
  }
  const stored = await access.inScope(({ db }) => db.auditHead.findFirst({ where: { orgId: access.org.id } }));
  const isWhole = (stored?.seq ?? 0n) === state.seq && (!stored || hex(stored.hash) === hex(state.previous));
  if (!isWhole) return verdict(state, { seq: Number(state.seq + 1n), what: "cut_off" });
  return verdict(state, state.hasKnownHead ? null : { seq: Number(state.seq), what: "head_unknown" });
}

type State = { previous: Uint8Array<ArrayBuffer>; seq: bigint; rows: number };

function faultOf(row: AuditEvent, { previous, seq }: State) {
  const { hash, prevHash, seq: own, ...event } = row;
  if (own !== seq + 1n) return "missing" as const;
  if (!prevHash || hex(prevHash) !== hex(previous)) return "not_linked" as const;
  return hash && hex(hash) === hex(chainHash(previous, { ...event, seq: own })) ? null : ("changed" as const);
}

const verdict = (state: State, fault: AuditVerdict["fault"]): AuditVerdict => ({
  rows: state.rows,
  isIntact: fault === null,
  fault,
  head: state.rows === 0 ? null : hex(state.previous),
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
