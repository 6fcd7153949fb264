import type { AuditEvent, Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";
import type { AuditEventView, AuditFilter } from "@/server/audit/schema";

type Reader = { db: TenantDb };
type Page = { events: AuditEventView[]; nextCursor: number | null };

/** The org's audit log, newest first; the next page begins before `nextCursor`. */
export async function listAuditEvents({ db }: Reader, filter: AuditFilter): Promise<Page> {
  const rows = await db.auditEvent.findMany({
    where: { AND: [whereOf(filter), filter.cursor ? { seq: { lt: filter.cursor } } : {}] },
    orderBy: [{ seq: { sort: "desc", nulls: "last" } }, { at: "desc" }],
    take: filter.limit + 1,
  });
  const events = rows.slice(0, filter.limit).map(toView);
  const nextCursor = rows.length > filter.limit ? (events.at(-1)?.seq ?? null) : null;
  return { events, nextCursor };
}

/** The actions that occur in the org's log: what a filter can offer. */
export async function listAuditActions({ db }: Reader): Promise<string[]> {
  const rows = await db.auditEvent.findMany({
    distinct: ["action"],
    select: { action: true },
    orderBy: { action: "asc" },
  });
  return rows.map(({ action }) => action);
}

export function whereOf(filter: Omit<AuditFilter, "cursor" | "limit">): Prisma.AuditEventWhereInput {
  const { from, to, action, actor, search } = filter;
  const contains = search ? { contains: search, mode: "insensitive" as const } : undefined;
  return {
    at: { gte: from && new Date(from), lt: to && new Date(to) },
    action,
    actorId: actor,
    OR: contains && [
      { actorName: contains },
      { targetName: contains },
      { targetId: contains },
      { action: contains },
      { ip: contains },
    ],
  };
}

export const toView = (event: AuditEvent): AuditEventView => ({
  id: event.id,
  seq: event.seq === null ? null : Number(event.seq),
  at: event.at.toISOString(),
  actor_type: event.actorType,
  actor_id: event.actorId,
  actor_name: event.actorName,
  ip: event.ip,
  user_agent: event.userAgent,
  action: event.action,
  target_type: event.targetType,
  target_id: event.targetId,
  target_name: event.targetName,
  before: event.before as AuditEventView["before"],
  after: event.after as AuditEventView["after"],
  request_id: event.requestId,
  hash: event.hash && Buffer.from(event.hash).toString("hex"),
});
