import type { OrgScope } from "@/server/auth/scope";
import type { ConnectionStatus, StreamState } from "@/server/db/generated/enums";
import { importedCoverage } from "@/server/usage/imported.sql";
import type { DayRange } from "@/server/usage/schema";

/** One list of one connection: how far it goes and whether anything is wrong. */
export type StreamStatus = {
  connectionId: string;
  connectionName: string;
  connectionStatus: ConnectionStatus;
  statusReason: string | null;
  isSample: boolean;
  isSyncing: boolean;
  stream: string;
  state: StreamState;
  errorCode: string | null;
  syncedThrough: Date | null;
  /** UTC days whose buckets were all closed when they were fetched. */
  covered: DayRange[];
};

/**
 * One row per connection and list, also for those that never synced. A deleted connection counts for the days it covered,
 * unless it is being erased. Imported files know their days for the connection to the same OpenAI organization; where there
 * is none, they are one deleted connection.
 */
export function streamStatuses(scope: OrgScope, streams: readonly string[], days: DayRange): Promise<StreamStatus[]> {
  return scope.db.$queryRaw<StreamStatus[]>`
    with imported as materialized (${importedCoverage(scope)}),
    sources as (
      select c.id, c.name, c.status::text as status, c.status_reason, c.is_sample, c.created_at, c.org_id, wanted.name as stream, wanted.place,
        s.state, s.error_code, s.synced_through, coalesce(s.coverage, '{}') + coalesce(i.coverage, '{}') as coverage
      from connections c
      cross join unnest(${[...streams]}::text[]) with ordinality as wanted (name, place)
      left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = wanted.name
      left join imported i on i.openai_org_id = c.openai_org_id and i.stream = wanted.name and not c.is_sample
      where c.org_id = ${scope.org.id}::uuid and c.kind = 'provider' and c.erase_requested_at is null
      union all
      select i.id, i.openai_org_id, 'deleted', null, false, i.created_at, ${scope.org.id}::uuid, i.stream, wanted.place,
        null, null, upper(i.coverage), i.coverage
      from imported i
      join unnest(${[...streams]}::text[]) with ordinality as wanted (name, place) on wanted.name = i.stream
      where not exists (
        select from connections c where c.org_id = ${scope.org.id}::uuid and c.kind = 'provider' and not c.is_sample
          and c.erase_requested_at is null and c.openai_org_id = i.openai_org_id)
    )
    select c.id as "connectionId", c.name as "connectionName", c.status as "connectionStatus",
      c.status_reason as "statusReason", c.is_sample as "isSample",
      exists (select from sync_runs r where r.org_id = c.org_id and r.connection_id = c.id and r.state in ('queued', 'running')) as "isSyncing",
      c.stream, coalesce(c.state, 'ok')::text as state, c.error_code as "errorCode",
      c.synced_through as "syncedThrough", coalesce(whole.days, '[]') as covered
    from sources c
    left join lateral (
      select jsonb_agg(jsonb_build_object('from', to_char(first, 'YYYY-MM-DD'), 'to', to_char(stop, 'YYYY-MM-DD')) order by first) as days
      from unnest(c.coverage) r, lateral (
        select greatest(${days.from}::date::timestamp, date_trunc('day', lower(r) at time zone 'UTC' + interval '1 day - 1 microsecond')) as first,
          least(${days.to}::date::timestamp, date_trunc('day', upper(r) at time zone 'UTC')) as stop
      ) d
      where first < stop
    ) whole on true
    where c.status <> 'deleted' or not isempty(c.coverage)
    order by c.created_at, c.id, c.place`;
}
