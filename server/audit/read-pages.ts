import type { AuditEvent, Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";

const PAGE = 1_000;

/** What reads an org's log page by page needs: short transactions, so that a slow reader holds none open. */
export type AuditReader = { inScope<T>(work: (scope: { db: TenantDb }) => Promise<T>): Promise<T> };

type Query = Pick<Prisma.AuditEventFindManyArgs, "where" | "orderBy">;

/** The chained rows of an org in the order of the chain, a page at a time, whatever the log's length. */
export const readAuditPages = (access: AuditReader, where: Prisma.AuditEventWhereInput = {}) =>
  readPages(access, (last) => ({
    where: { AND: [where, { seq: { gt: last?.seq ?? 0n } }] },
    orderBy: { seq: "asc" },
  }));

/** The rows that are older than the chain, in the order of time. */
export const readUnchainedPages = (access: AuditReader, where: Prisma.AuditEventWhereInput = {}) =>
  readPages(access, (last) => ({
    where: { AND: [where, { seq: null }, last ? laterThan(last) : {}] },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  }));

/** The first condition says nothing new, but is one that an index can begin at. */
const laterThan = ({ at, id }: AuditEvent): Prisma.AuditEventWhereInput => ({
  AND: [{ at: { gte: at } }, { OR: [{ at: { gt: at } }, { id: { gt: id } }] }],
});

async function* readPages(
  access: AuditReader,
  queryAfter: (last: AuditEvent | undefined) => Query,
): AsyncGenerator<AuditEvent[]> {
  let last: AuditEvent | undefined;
  while (true) {
    const query = queryAfter(last);
    const rows = await access.inScope(({ db }) => db.auditEvent.findMany({ ...query, take: PAGE }));
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}
