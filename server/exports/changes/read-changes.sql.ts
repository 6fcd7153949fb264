import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import type { ListedStream } from "@/server/exports/read-facts.sql";
import type { Seen } from "@/server/exports/schedules/runs";
import { PAGE_ROWS } from "@/server/exports/table";
import type { DayRange } from "@/server/usage/schema";

/** A measure of a bucket that is not what it was: null is a row that did not exist, or exists no more. */
export type ChangeRow = {
  at: Date;
  seriesId: bigint;
  measure: string;
  before: string | null;
  after: string | null;
  /** Null of days that are told whole. */
  observedAt: Date | null;
  bucketWidth: string;
  projectId: string | null;
  userId: string | null;
  apiKeyId: string | null;
  model: string | null;
  lineItem: string | null;
  currency: string | null;
};

export type ChangesWanted = {
  stream: ListedStream;
  range: DayRange;
  seen: Seen;
  /** The one column of facts that was exported; null for all of them. */
  measure: string | null;
};

/** In the order of buckets, a page at a time; what changed and changed back is none. */
export async function* readChanges(scope: OrgScope, wanted: ChangesWanted): AsyncGenerator<ChangeRow[]> {
  let last: ChangeRow | undefined;
  for (;;) {
    const rows: ChangeRow[] = await scope.db.$queryRaw<ChangeRow[]>(pageOf(scope, wanted, last));
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_ROWS) return;
    last = rows.at(-1);
  }
}

/**
 * An export cannot have seen what began after it was made; of what was noted shortly before, its snapshot tells: a sync
 * that had begun may not have been committed yet. Numbers of transactions are asked for that hour alone, as a database that
 * was restored elsewhere counts them anew.
 */
const unseen = ({ takenAt, snapshot }: Seen) => Prisma.sql`
  r.observed_at > ${takenAt}::timestamptz - interval '1 hour'
  and (r.observed_at > ${takenAt}::timestamptz or not pg_visible_in_snapshot(r.noted_in, ${snapshot}::pg_snapshot))`;

function pageOf(scope: OrgScope, { stream, range, seen, measure }: ChangesWanted, last: ChangeRow | undefined) {
  const orgId = Prisma.sql`${scope.org.id}::uuid`;
  const after = last
    ? Prisma.sql`and (r.bucket_start, r.series_id, r.measure) > (${last.at}::timestamptz, ${last.seriesId}, ${last.measure})`
    : Prisma.empty;
  return Prisma.sql`
    with changed as materialized (
      select r.bucket_start, r.series_id, r.measure, (array_agg(r.before order by r.id))[1] as before,
        (array_agg(r.after order by r.id desc))[1] as after, max(r.observed_at) as observed_at
      from restatements r
      where r.org_id = ${orgId} and r.stream_id = ${stream.id} and ${unseen(seen)}
        and r.bucket_start >= ${range.from}::date::timestamp at time zone 'UTC'
        and r.bucket_start < ${range.to}::date::timestamp at time zone 'UTC'
        ${measure === null ? Prisma.empty : Prisma.sql`and r.measure = ${measure}`} ${after}
      group by r.bucket_start, r.series_id, r.measure
      having (array_agg(r.before order by r.id))[1] is distinct from (array_agg(r.after order by r.id desc))[1]
      order by r.bucket_start, r.series_id, r.measure limit ${PAGE_ROWS}
    )
    select c.bucket_start as at, c.series_id as "seriesId", c.measure, trim_scale(c.before)::text as before,
      trim_scale(c.after)::text as after, c.observed_at as "observedAt", s.bucket_width as "bucketWidth",
      s.project_id as "projectId", s.user_id as "userId", s.api_key_id as "apiKeyId", s.model, s.line_item as "lineItem",
      s.currency
    from changed c join series s on s.org_id = ${orgId} and s.id = c.series_id
    order by c.bucket_start, c.series_id, c.measure`;
}
