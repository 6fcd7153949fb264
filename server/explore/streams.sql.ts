import type { OrgScope } from "@/server/auth/scope";

/** A list of a connection whose figures count. */
export type CountedStream = { id: number; name: string; connectionId: string; connectionName: string };

/** The lists of these names over all connections but those whose history is being erased. */
export function countedStreams(scope: OrgScope, names: readonly string[]): Promise<CountedStream[]> {
  return scope.db.$queryRaw<CountedStream[]>`
    select s.id, s.name, s.connection_id as "connectionId", c.name as "connectionName"
    from connections c join streams s on s.org_id = c.org_id and s.connection_id = c.id
    where c.org_id = ${scope.org.id}::uuid and s.name = any(${[...names]}::text[]) and c.erase_requested_at is null
    order by s.id`;
}
