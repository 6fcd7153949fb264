import type { AuditEvent, Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";

const PAGE = 1_000;

/** What reads an org's log page by page needs: short transactions, so that a slow reader holds none open. */
export type AuditReader = { inScope<T>(work: (scope: { db: TenantDb }) => Promise<T>): Promise<T> };

/** The chained rows of an org in the order of the chain, a page at a time, whatever the log's length. */
export async function* readAuditPages(
  access: AuditReader,
  where: Prisma.AuditEventWhereInput = {},
): AsyncGenerator<AuditEvent[]> {
  let after = 0n;
  while (true) {
    const rows = await access.inScope(({ db }) =>
      db.auditEvent.findMany({ where: { AND: [where, { seq: { gt: after } }] }, orderBy: { seq: "asc" }, take: PAGE }),
    );
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq ?? after;
  }
}
