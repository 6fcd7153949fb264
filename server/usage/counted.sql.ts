import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";

/**
 * Rows of streams that count: all but those of connections whose history is being erased, which takes a while and must not
 * show half of it. Looked up once a query, and almost always nothing.
 */
export const ofCountedStreams = (scope: OrgScope, streamId: Prisma.Sql = Prisma.sql`stream_id`) => Prisma.sql`
  ${streamId} <> all(array(
    select erased.id from streams erased
    join connections owner on owner.org_id = erased.org_id and owner.id = erased.connection_id
    where erased.org_id = ${scope.org.id}::uuid and owner.erase_requested_at is not null))`;
