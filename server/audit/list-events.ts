import type { AuditEvent, Prisma } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";
import type { AuditEventView, AuditFilter } from "@/server/audit/schema";

type Reader = { db: TenantDb };
type Page = { events: AuditEventView[]; nextCursor: string | null };

/** The org's audit log, newest first; the next page begins after `nextCursor`. Each page costs the same, however deep. */
export async function listAuditEvents({ db }: Reader, filter: AuditFilter): Promise<Page> {
  const rows = await db.auditEvent.findMany({
    where: { AND: [whereOf(filter), filter.cursor ? olderThan(filter.cursor) : {}] },
    // Within a millisecond the chain knows the order; what is older than the chain has only its id.
    orderBy: [{ at: "desc" }, { seq: "desc" }, { id: "desc" }],
    take: filter.limit + 1,
  });
  const shown = rows.slice(0, filter.limit);
  const last = shown.at(-1);
  return { events: shown.map(toView), nextCursor: last && rows.length > shown.length ? placeOf(last) : null };
}

/** Where a row stands in the order of the list: its time, and its place in the chain or its id. */
const placeOf = ({ at, seq, id }: AuditEvent) => `${at.toISOString()}_${seq ?? id}`;

function olderThan(cursor: string): Prisma.AuditEventWhereInput {
  const [instant = "", place = ""] = cursor.split("_");
  const at = new Date(instant);
  const laterOfMoment = /^\d+$/.test(place)
    ? { seq: { lt: BigInt(place) } }
    : { OR: [{ seq: { not: null } }, { id: { lt: place } }] };
  // The first condition says nothing new, but is one that an index can begin at.
  return { AND: [{ at: { lte: at } }, { OR: [{ at: { lt: at } }, laterOfMoment] }] };
}

export function whereOf(filter: Omit<AuditFilter, "cursor" | "limit">): Prisma.AuditEventWhereInput {
  const { from, to, action, actor, target, search } = filter;
  const contains = search ? { contains: search, mode: "insensitive" as const } : undefined;
  return {
    at: { gte: from && new Date(from), lt: to && new Date(to) },
    action: action && { in: action },
    actorType: actor?.type,
    actorId: actor?.id,
    targetId: target,
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
