import type { OrgScope } from "@/server/auth/scope";
import type { ConnectionStatus, StreamState } from "@/server/db/generated/enums";
import type { DayRange } from "@/server/usage/schema";

/** The costs of one connection: how far they go and whether anything is wrong. */
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
  /** UTC days of the range whose bucket was closed when it was fetched. */
  coveredDays: string[];
};

/** One row per connection, also for one that never synced. A deleted connection counts for the days it covered. */
export function streamStatuses(scope: OrgScope, range: DayRange): Promise<StreamStatus[]> {
  return scope.db.$queryRaw<StreamStatus[]>`
    select c.id as "connectionId", c.name as "connectionName", c.status::text as "connectionStatus",
      c.status_reason as "statusReason", c.is_sample as "isSample",
      exists (select from sync_runs r where r.org_id = c.org_id and r.connection_id = c.id and r.state in ('queued', 'running')) as "isSyncing",
      coalesce(s.name, 'costs.project') as stream, coalesce(s.state, 'ok')::text as state, s.error_code as "errorCode",
      s.synced_through as "syncedThrough",
      array(
        select to_char(d, 'YYYY-MM-DD') from generate_series(${range.from}::date, ${range.to}::date - 1, interval '1 day') d
        where tstzrange(d at time zone 'UTC', (d + interval '1 day') at time zone 'UTC') <@ s.coverage
      ) as "coveredDays"
    from connections c
    left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = 'costs.project'
    where c.org_id = ${scope.org.id}::uuid and c.erase_requested_at is null
      and (c.status <> 'deleted' or not isempty(s.coverage))
    order by c.created_at`;
}
