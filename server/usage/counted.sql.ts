import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";

const erased = new WeakMap<OrgScope, Promise<readonly number[]>>();

/** Streams of connections whose history is being erased. Almost always none; looked up once a transaction. */
function erasedStreams(scope: OrgScope): Promise<readonly number[]> {
  const found = erased.get(scope) ?? findErasedStreams(scope);
  erased.set(scope, found);
  return found;
}

async function findErasedStreams(scope: OrgScope): Promise<readonly number[]> {
  const rows = await scope.db.$queryRaw<{ id: number }[]>`
    select s.id from connections c join streams s on s.org_id = c.org_id and s.connection_id = c.id
    where c.org_id = ${scope.org.id}::uuid and c.erase_requested_at is not null`;
  return rows.map(({ id }) => id);
}

/**
 * A further condition on rows: those of streams that count. Erasing takes a while, and half of a history must not show; the
 * condition is empty, and costs nothing, unless something is being erased.
 * @param streamId the column, as SQL of ours
 */
export async function andCounted(scope: OrgScope, streamId = "stream_id"): Promise<Prisma.Sql> {
  const ids = await erasedStreams(scope);
  return ids.length === 0 ? Prisma.empty : Prisma.sql`and ${Prisma.raw(streamId)} <> all(${[...ids]}::int[])`;
}
