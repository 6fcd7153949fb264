import type { OrgScope } from "@/server/auth/scope";

/** Older runs explain nothing any more: what they fetched tells its own age. */
const KEEP_DAYS = 90;
/** Of each connection, so that one which rarely syncs keeps a history to look at. */
const KEEP_NEWEST = 50;
/** The rest follows the next night. */
const MAX_AT_ONCE = 20_000;

/**
 * Removes finished runs that are both old and many, with what they noted per stream. The last of each kind and outcome stays:
 * whether history was cancelled is told by it. Returns how many.
 */
export const pruneRuns = (scope: OrgScope, now: Date): Promise<number> =>
  scope.db.$executeRaw`
    with ranked as (
      select id, state, created_at, row_number() over (partition by connection_id order by created_at desc) as place,
        row_number() over (partition by connection_id, kind, state, from_time is null order by created_at desc) as place_of_its_kind
      from sync_runs where org_id = ${scope.org.id}::uuid
    ), old as (
      select id from ranked
      where place > ${KEEP_NEWEST} and place_of_its_kind > 1 and state not in ('queued', 'running')
        and created_at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS}::int)
      limit ${MAX_AT_ONCE}
    )
    delete from sync_runs r using old where r.org_id = ${scope.org.id}::uuid and r.id = old.id`;
