import type { OrgScope } from "@/server/auth/scope";
import type { ConnectionStatus, StreamState } from "@/server/db/generated/enums";
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
 * unless it is being erased.
 */
export function streamStatuses(scope: OrgScope, streams: readonly string[], days: DayRange): Promise<StreamStatus[]> {
  return scope.db.$queryRaw<StreamStatus[]>`
    select c.id as "connectionId", c.name as "connectionName", c.status::text as "connectionStatus",
      c.status_reason as "statusReason", c.is_sample as "isSample",
      exists (select from sync_runs r where r.org_id = c.org_id and r.connection_id = c.id and r.state in ('queued', 'running')) as "isSyncing",
      wanted.name as stream, coalesce(s.state, 'ok')::text as state, s.error_code as "errorCode",
      s.synced_through as "syncedThrough", coalesce(whole.days, '[]') as covered
    from connections c
    cross join unnest(${[...streams]}::text[]) with ordinality as wanted (name, place)
    left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = wanted.name
    left join lateral (
      select jsonb_agg(jsonb_build_object('from', to_char(first, 'YYYY-MM-DD'), 'to', to_char(stop, 'YYYY-MM-DD')) order by first) as days
      from unnest(s.coverage) r, lateral (
        select greatest(${days.from}::date::timestamp, date_trunc('day', lower(r) at time zone 'UTC' + interval '1 day - 1 microsecond')) as first,
          least(${days.to}::date::timestamp, date_trunc('day', upper(r) at time zone 'UTC')) as stop
      ) d
      where first < stop
    ) whole on true
    where c.org_id = ${scope.org.id}::uuid and c.erase_requested_at is null
      and (c.status <> 'deleted' or not isempty(s.coverage))
    order by c.created_at, c.id, wanted.place`;
}
