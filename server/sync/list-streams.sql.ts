import type { OrgScope } from "@/server/auth/scope";
import type { StreamSummary } from "@/server/sync/schema";

type Row = Omit<StreamSummary, "syncedThrough"> & { syncedThrough: Date | null };

/** The streams of a connection with what is covered, costs first. */
export async function listStreams(scope: OrgScope, connectionId: string): Promise<StreamSummary[]> {
  const rows = await scope.db.$queryRaw<Row[]>`
    select name, state::text as state, error_code as "errorCode", error_message as "errorMessage", grouping,
      synced_through as "syncedThrough", to_char(lower(coverage) at time zone 'UTC', 'YYYY-MM-DD') as "coveredFrom",
      coalesce((select round(sum(extract(epoch from upper(r) - lower(r))) / 86400) from unnest(coverage) r), 0)::int as "coveredDays"
    from streams
    where org_id = ${scope.org.id}::uuid and connection_id = ${connectionId}::uuid
    order by split_part(name, '.', 1), id`;
  return rows.map((row) => ({ ...row, syncedThrough: row.syncedThrough?.toISOString() ?? null }));
}
