import type { OrgScope } from "@/server/auth/scope";
import type { ConnectionStatus, StreamState } from "@/server/db/generated/enums";
import { importedCoverage } from "@/server/usage/imported.sql";
import type { DayRange } from "@/server/usage/schema";

export type SourceStatus = {
  connectionId: string;
  connectionName: string;
  connectionStatus: ConnectionStatus;
  statusReason: string | null;
  /** Null while the connection has never looked at the stream. */
  state: StreamState | null;
  errorCode: string | null;
  syncedThrough: Date | null;
};

/**
 * One row per connection: what is known of one of its streams. Deleted ones count if they left anything behind; so do
 * imported files of an organization that has no connection.
 */
export function sourceStatuses(scope: OrgScope, stream: string): Promise<SourceStatus[]> {
  return scope.db.$queryRaw<SourceStatus[]>`
    select c.id as "connectionId", c.name as "connectionName", c.status::text as "connectionStatus",
      c.status_reason as "statusReason", s.state::text as state, s.error_code as "errorCode",
      s.synced_through as "syncedThrough"
    from connections c
    left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = ${stream}
    where c.org_id = ${scope.org.id}::uuid and c.kind <> 'draft' and c.erase_requested_at is null
      and (c.status <> 'deleted' or not isempty(s.coverage))
    order by c.created_at, c.id`;
}

/** Days that a living connection has not covered, or that no connection has, in order and joined. */
export function missingDays(scope: OrgScope, stream: string, range: DayRange): Promise<DayRange[]> {
  return scope.db.$queryRaw<DayRange[]>`
    with imported as (${importedCoverage(scope)}), days as (
      select d::date as day, tstzrange(d at time zone 'UTC', (d + interval '1 day') at time zone 'UTC') as span
      from generate_series(${range.from}::date::timestamp, ${range.to}::date::timestamp - interval '1 day', interval '1 day') d
    ), sources as (
      select c.status <> 'deleted' as is_living, coalesce(s.coverage, '{}') + coalesce(i.coverage, '{}') as coverage
      from connections c
      left join streams s on s.org_id = c.org_id and s.connection_id = c.id and s.name = ${stream}
      left join imported i on i.openai_org_id = c.openai_org_id and i.stream = ${stream} and not c.is_sample
      where c.org_id = ${scope.org.id}::uuid and c.kind = 'provider' and c.erase_requested_at is null
      union all
      select false, coverage from imported where stream = ${stream}
    ), missing as (
      select range_agg(daterange(day, day + 1)) as ranges from days
      where exists (select from sources where is_living and not span <@ coverage)
        or not exists (select from sources where span <@ coverage)
    )
    select to_char(lower(r), 'YYYY-MM-DD') as "from", to_char(upper(r), 'YYYY-MM-DD') as "to"
    from missing, unnest(ranges) r order by lower(r)`;
}
