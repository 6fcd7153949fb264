import { Prisma } from "@/server/db/generated/client";
import { closeness, FEWEST_DIGITS } from "@/server/explore/closeness";
import {
  aroundDays,
  bucketOfHour,
  dayIf,
  inDaysOf,
  ofStreams,
  type Part,
  select,
  signed,
  type SourceQuestion,
} from "@/server/explore/part.sql";
import type { SeriesColumn, Source } from "@/server/explore/source";

// The provider bills by UTC day. For hours, and for days of another zone, each amount of a day is divided over the day's
// hours as requests were made: those of the same project, key and model; where there were none, of the same project and
// model; else of the same project. For people it is the same person and model, else the person.
//
// Amounts are cut so that nothing is lost: up to the end of each stretch of hours an amount has given its share of the
// requests so far, cut to the digits that the amount itself has (six decimals at least), and the last stretch gets what is
// left. So the parts add up to the amount exactly, and hours to days, however they are gathered. Packs are divided the same
// way by code (packs/divide.ts): whole numbers of the last digit's units, so that nothing is rounded before it is cut.

/** Columns of series that say whose requests are looked at, the closest first. */
type Levels = readonly (readonly SeriesColumn[])[];

/** Amounts divided over hours. What cannot be divided, for want of any request, stays with its UTC day. */
export function apportionedRows(
  question: SourceQuestion,
  part: Part,
  { columns, isDated }: Extract<Source, { kind: "facts" }>,
): Prisma.Sql {
  const { orgId, granularity, streams } = question;
  const levels: Levels = streams.totals && part.as !== "totals" ? closeness.person : closeness.project;
  const labels = columns.map((column) => [column, Prisma.raw(`c.${column}`)] as const);
  const known = [...new Set([...columns, ...levels.flat()])];
  const soFar = (count: string) => Prisma.raw(`div(c.units * ${count}, r.all_day) * c.unit`);
  return Prisma.sql`
    (with requests as materialized (${requestsBefore(question, part, levels)}),
    costs as materialized (
      select f.stream_id, (f.bucket_start at time zone 'UTC')::date as day, f.amount, s.connection_id,
        f.amount * ('1e' || cut.digits)::numeric as units, ('1e-' || cut.digits)::numeric as unit,
        ${Prisma.raw(known.map((column) => `coalesce(s.${column}::text, '') as ${column}`).join(", "))}
      from cost_facts f join series s on s.org_id = ${orgId}::uuid and s.id = f.series_id and s.currency = 'usd'
        cross join lateral (select greatest(min_scale(f.amount), ${FEWEST_DIGITS}::int) as digits) cut
      where f.org_id = ${orgId}::uuid and ${ofStreams(part.streams, "f.stream_id")} and ${aroundDays(part.range)}
    ), found as (
      select c.*, ${closest(levels)} as who
      from costs c ${Prisma.raw(levels.map((_, i) => lookUp(levels, i)).join(" "))}
    )
    select ${part.period}::int as period, r.bucket, c.stream_id, false as is_whole ${dayIf(isDated, "c.day")} ${select(labels, part)},
      ${signed(part, "")}(case when r.so_far = r.all_day then c.amount else ${soFar("r.so_far")} end - ${soFar("(r.so_far - r.count)")}) as value
    from found c join requests r on r.who = c.who
    where r.is_asked
    union all
    select ${part.period}::int, date_trunc(${granularity}, c.day::timestamp), c.stream_id, true ${dayIf(isDated, "c.day")} ${select(labels, part)},
      ${signed(part, "c.amount")}
    from found c where c.who is null and c.day >= ${part.range.from}::date and c.day < ${part.range.to}::date)`;
}

/**
 * Requests by closeness, whose they are, UTC day and stretch of hours, each with the sum up to its end and the day's.
 * @param levels columns that say whose, the closest first
 */
function requestsBefore({ orgId, timezone, streams, ...question }: SourceQuestion, part: Part, levels: Levels) {
  const columns = [...new Set(levels.flat())];
  const sets = levels.map((level) => `(connection_id, day, bucket, is_asked, ${level.join(", ")})`);
  const numbers = levels.map((level, i) => `when ${maskOf(level, columns)} then ${i}`);
  const names = levels.map((_, i) => `when ${i} then ${whoOf(levels, i, "")}`);
  const labels = columns.map((column) => `coalesce(s.${column}, '') as ${column}`);
  return Prisma.sql`
      select *, sum(count) over (of_day order by starts, is_asked) as so_far, sum(count) over of_day as all_day
      from (
        select level, case level ${Prisma.raw(names.join(" "))} end as who, bucket, is_asked, starts, count
        from (
          select case grouping(${Prisma.raw(columns.join(", "))}) ${Prisma.raw(numbers.join(" "))} end as level,
            connection_id, ${Prisma.raw(columns.join(", "))}, day, bucket, is_asked, min(starts) as starts, sum(count) as count
          from (
            select h.*, s.connection_id, ${Prisma.raw(labels.join(", "))}
            from (
              select series_id, (bucket_start at time zone 'UTC')::date as day, ${bucketOfHour({ ...question, timezone })} as bucket,
                ${inDaysOf(timezone, part.range)} as is_asked, min(bucket_start) as starts, sum(requests) as count
              from usage_facts
              where org_id = ${orgId}::uuid and ${ofStreams(streams.requests)} and ${aroundDays(part.range)} and requests > 0
              group by 1, 2, 3, 4
            ) h join series s on s.org_id = ${orgId}::uuid and s.id = h.series_id and s.bucket_width = '1h'
          ) labelled group by grouping sets (${Prisma.raw(sets.join(", "))})
        ) leveled
      ) named
      window of_day as (partition by who)`;
}

/** What grouping() answers for a set of the columns: a bit for each that is not in it, the last column's lowest. */
const maskOf = (level: readonly string[], columns: readonly string[]) =>
  columns.reduce((mask, column) => mask * 2 + (level.includes(column) ? 0 : 1), 0);

/**
 * Which level, which UTC day, and whose, as one text. Of several conditions PostgreSQL, which knows nothing of sums that it
 * makes on the way, may merge by the day alone, and compare everybody with everybody in it.
 */
const whoOf = (levels: Levels, i: number, alias: string) =>
  `jsonb_build_array(${i}, ${["day", "connection_id", ...(levels[i] ?? [])].map((column) => alias + column).join(", ")})::text`;

const lookUp = (levels: Levels, i: number) =>
  `left join (select distinct who from requests where level = ${i}) l${i} on l${i}.who = ${whoOf(levels, i, "c.")}`;

const closest = (levels: Levels) => Prisma.raw(`coalesce(${levels.map((_, i) => `l${i}.who`).join(", ")})`);
