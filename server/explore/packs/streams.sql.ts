import type { OrgScope } from "@/server/auth/scope";
import { usageStreamsOf } from "@/server/explore/measures";
import type { UtcDay } from "@/server/lib/time";
import { measureColumns } from "@/server/usage/measures";

/** A connection's list of facts. */
export type PackedStream = {
  id: number;
  isCosts: boolean;
  /** Costs by person are divided over hours by what the person did, others by what was done in their project. */
  isOfPersons: boolean;
  /** The same connection's lists that tell in which hours there were requests. */
  requestStreams: readonly number[];
  /** UTC days of its first and last fact. */
  first: UtcDay;
  last: UtcDay;
};

/** The measures that packs of a list have: columns of the facts. */
export const measuresOf = ({ isCosts }: PackedStream): readonly string[] =>
  isCosts ? ["amount"] : [...measureColumns, "quantity"];

/** The lists that have any facts, but for connections whose history is being erased. @param ids only these, if given */
export async function packedStreams(scope: OrgScope, ids?: readonly number[]): Promise<PackedStream[]> {
  const rows = await scope.db.$queryRaw<(Omit<PackedStream, "isCosts" | "isOfPersons"> & { name: string })[]>`
    with counted as materialized (
      select s.id, s.name, s.connection_id from streams s join connections c on c.org_id = s.org_id and c.id = s.connection_id
      where s.org_id = ${scope.org.id}::uuid and c.erase_requested_at is null
    )
    select s.id, s.name, to_char(days.first at time zone 'UTC', 'YYYY-MM-DD') as first,
      to_char(days.last at time zone 'UTC', 'YYYY-MM-DD') as last,
      array(select r.id from counted r
        where r.connection_id = s.connection_id and r.name = any(${usageStreamsOf("requests")}::text[]) order by r.id) as "requestStreams"
    from counted s cross join lateral (
      select min(bucket_start) as first, max(bucket_start) as last from cost_facts f
      where s.name like 'costs.%' and f.org_id = ${scope.org.id}::uuid and f.stream_id = s.id
      union all
      select min(bucket_start), max(bucket_start) from usage_facts f
      where s.name like 'usage.%' and f.org_id = ${scope.org.id}::uuid and f.stream_id = s.id
    ) days
    where days.first is not null and (${ids === undefined} or s.id = any(${[...(ids ?? [])]}::int[]))
    order by s.id`;
  return rows.map(({ name, ...stream }) => ({
    ...stream,
    isCosts: name.startsWith("costs."),
    isOfPersons: name === "costs.user",
  }));
}
