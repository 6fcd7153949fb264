import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { columnOf } from "@/server/explore/measures";
import { ofStreams, type SourceQuestion } from "@/server/explore/part.sql";
import type { Source } from "@/server/explore/source";
import { sourceRows } from "@/server/explore/source.sql";
import { costDimensions, usageDimensions } from "@/server/usage/dimensions";
import { rangeSums } from "@/server/usage/range-sums.sql";

export type LeadersQuestion = SourceQuestion & { source: Extract<Source, { kind: "sums" }>; top: number };

export const DAY_FORMAT = "YYYY-MM-DD";

/**
 * The groups of one dimension and their buckets (rows of GroupCells), without reading all groups' buckets: who leads is told
 * by few sums over long spans of days; buckets are read of the leaders and of nobody, and all others are what is left
 * of everybody's sum.
 */
export function leadersSql(question: LeadersQuestion): Prisma.Sql {
  const { source, top } = question;
  const members = Prisma.sql`array(select key from leaders where rank <= ${top} union all select '')`;
  const key = Prisma.raw(`r.${source.columns[0]}`);
  return Prisma.sql`
    with ${Prisma.raw(PLANNED_ANEW)} leaders as materialized (${rankedMembers(question)}),
    cells as materialized (
      select r.period, r.bucket, ${key} as key, sum(r.value) as value
      from (${sourceRows({ ...question, members })}) r group by 1, 2, 3
    ), everybody as (
      select r.period, r.bucket, sum(r.value) as value from (${sourceRows(everybodysSums(question))}) r group by 1, 2
    ), lines as (
      select c.period, c.bucket, 'named' as kind, l.rank, l.key, c.value from cells c join leaders l on l.key = c.key
      union all
      select period, bucket, 'unattributed', 0, '', value from cells
      where key = '' and exists (select from cells where key = '' and value <> 0)
      union all
      select period, bucket, 'other', 0, '', sum(value)
      from (select period, bucket, value from everybody union all select period, bucket, -value from cells) rest
      where (select count(*) from leaders) > ${top} group by 1, 2 having sum(value) <> 0
    )
    select period, kind, rank::int, array[key, ''] as keys, (select count(*) from leaders)::int as "groupCount",
      array_agg(to_char(bucket, ${DAY_FORMAT}) order by bucket) as buckets,
      array_agg(trim_scale(value)::text order by bucket) as values, '0' as whole
    from lines group by 1, 2, 3, 4 order by period, kind, rank`;
}

/** (key, rank) of all members that have anything but zero on some day of any period, the largest of the first period first. */
function rankedMembers({ orgId, measure, source, periods, streams }: LeadersQuestion): Prisma.Sql {
  const isCost = measure === "cost";
  const value = isCost ? "amount" : columnOf(measure);
  const condition = Prisma.sql`org_id = ${orgId}::uuid and dimension = ${source.dimension} and ${ofStreams(streams.own)}`;
  const sums = rangeSums({ kind: isCost ? "cost" : "usage", ranges: periods, values: [value], condition });
  const places = periods.map((_, i) => i + 1);
  const isAnything = Prisma.raw(places.map((place) => `sum(${value}${place}) <> 0`).join(" or "));
  const hasRows = Prisma.raw(places.map((place) => `sum(days${place}) > 0`).join(" or "));
  // Money that was billed and given back comes to zero, and is there nevertheless; counts are never negative.
  const isBilled = Prisma.sql`exists (
    select from cost_daily d where ${condition} and d.key = summed.key and d.amount <> 0 and (${Prisma.join(
      periods.map(({ from, to }) => Prisma.sql`d.day >= ${from}::date and d.day < ${to}::date`),
      " or ",
    )}))`;
  return Prisma.sql`
    select key, row_number() over (
      order by case when sum(days1) > 0 then sum(${Prisma.raw(`${value}1`)}) end desc nulls last, key) as rank
    from (${sums}) summed where key <> ''
    group by key having ${isAnything} ${isCost ? Prisma.sql`or ((${hasRows}) and ${isBilled})` : Prisma.empty}`;
}

/** What all members of the dimension and nobody add up to: to the totals, of people too (see Part). */
function everybodysSums(question: LeadersQuestion): SourceQuestion {
  const { measure, source, streams } = question;
  const dimension = measure === "cost" ? costDimensions.total : usageDimensions.total;
  return {
    ...question,
    source: { ...source, dimension, columns: [] },
    streams: { ...streams, own: streams.totals ?? streams.own, totals: null },
  };
}
