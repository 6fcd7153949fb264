import type { OrgScope } from "@/server/auth/scope";
import type { Range } from "@/server/sync/ranges";
import type { StreamFault } from "@/server/sync/stream-fault";

export type StreamRow = {
  id: number;
  name: string;
  grouping: string[];
  coarseFrom: Date | null;
  coverage: Range[];
  syncedThrough: Date | null;
};

/** The streams of a connection by name, made where they do not exist yet. */
export async function ensureStreams(
  scope: OrgScope,
  connectionId: string,
  names: readonly string[],
): Promise<Map<string, StreamRow>> {
  await scope.db.$executeRaw`
    insert into streams (org_id, connection_id, name, grouping)
    select ${scope.org.id}::uuid, ${connectionId}::uuid, name, '{}' from unnest(${names}::text[]) name
    on conflict (org_id, connection_id, name) do nothing`;
  const rows = await scope.db.$queryRaw<(Omit<StreamRow, "coverage"> & { starts: Date[]; ends: Date[] })[]>`
    select s.id, s.name, s.grouping, s.coarse_from as "coarseFrom", s.synced_through as "syncedThrough",
      array(select lower(r) from unnest(s.coverage) r) as starts, array(select upper(r) from unnest(s.coverage) r) as ends
    from streams s
    where s.org_id = ${scope.org.id}::uuid and s.connection_id = ${connectionId}::uuid and s.name = any(${names}::text[])`;
  return new Map(
    rows.map(({ starts, ends, ...row }) => [
      row.name,
      { ...row, coverage: starts.map((start, i) => ({ start: start.getTime(), end: (ends[i] ?? start).getTime() })) },
    ]),
  );
}

export const markStreamFault = (scope: OrgScope, streamId: number, fault: StreamFault) =>
  scope.db.$executeRaw`
    update streams set state = ${fault.state}::stream_state, error_code = ${fault.code}, error_message = ${fault.message}, failed_at = now()
    where org_id = ${scope.org.id}::uuid and id = ${streamId}`;

type Accepted = {
  grouping: readonly string[];
  /** From when on days were fetched with it, where it is not the finest. */
  coarseFrom: Date | null;
};

export const rememberGrouping = (scope: OrgScope, streamId: number, { grouping, coarseFrom }: Accepted) =>
  scope.db.$executeRaw`
    update streams set grouping = ${[...grouping]}::text[], coarse_from = least(coarse_from, ${coarseFrom}::timestamptz)
    where org_id = ${scope.org.id}::uuid and id = ${streamId}`;

/** All days of these streams were fetched with the finest grouping. */
export const markStreamsRegrouped = (scope: OrgScope, streamIds: readonly number[]) =>
  scope.db.$executeRaw`
    update streams set coarse_from = null where org_id = ${scope.org.id}::uuid and id = any(${[...streamIds]}::int[])`;

/** Whatever was wrong with these streams is over. */
export const markStreamsHealthy = (scope: OrgScope, streamIds: readonly number[]) =>
  scope.db.$executeRaw`
    update streams set state = 'ok', error_code = null, error_message = null, failed_at = null
    where org_id = ${scope.org.id}::uuid and id = any(${[...streamIds]}::int[]) and state <> 'ok'`;

/** Streams that the key may not read: they are shown as such and not called. */
export const markStreamsNotPermitted = (scope: OrgScope, streamIds: readonly number[]) =>
  scope.db.$executeRaw`
    update streams set state = 'forbidden', error_code = 'permission', error_message = null, failed_at = now()
    where org_id = ${scope.org.id}::uuid and id = any(${[...streamIds]}::int[]) and state <> 'forbidden'`;

/** For lists without buckets: the as-of moves. */
export const markListSynced = (scope: OrgScope, streamId: number, fetchedAt: Date) =>
  scope.db.$executeRaw`
    update streams set synced_through = ${fetchedAt} where org_id = ${scope.org.id}::uuid and id = ${streamId}`;

type PlannedStream = { name: string; windows: number };

/** Records what a run is about to fetch; what an earlier attempt of it has done stays counted. */
export const recordPlannedStreams = (scope: OrgScope, runId: string, planned: readonly PlannedStream[]) =>
  scope.db.$executeRaw`
    insert into sync_run_streams (org_id, run_id, name, windows_total)
    select ${scope.org.id}::uuid, ${runId}::uuid, name, windows
    from unnest(${planned.map(({ name }) => name)}::text[], ${planned.map(({ windows }) => windows)}::int[]) as planned (name, windows)
    on conflict (org_id, run_id, name) do update
      set windows_total = sync_run_streams.windows_done + excluded.windows_total,
        state = 'queued', error_code = null, error_message = null, finished_at = null`;
