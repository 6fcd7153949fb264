import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { forJoinedSums, withSettings } from "@/server/explore/planner-settings.sql";
import type { Columns } from "@/server/explore/packs/encode";
import { aroundDays, inUtcDays, ofStreams } from "@/server/explore/part.sql";
import type { DayRange } from "@/server/usage/schema";

/** The slot of what is kept by UTC day alone and could not be divided over hours. */
export const WHOLE_DAY = 24;

/** Days of a list of facts: packs of usage by day or hour, and of costs by UTC day. */
export type FactsAsked = {
  streamId: number;
  facts: "usage_facts" | "cost_facts";
  grain: "day" | "hour";
  /** IANA name; hours are those of UTC days. */
  zone: string;
  /** Days of that zone. */
  range: DayRange;
  /** Columns of the facts. */
  measures: readonly string[];
};

type Row = { starts: string; series: string; slots: string } & Record<string, string | null>;

/** The columns of each day that has any fact. */
export async function readColumns(scope: OrgScope, asked: FactsAsked): Promise<Columns[]> {
  const inOrder = (text: string) => `string_agg(${text}, ',' order by series_id, slot)`;
  const texts = asked.measures.map(
    (measure) =>
      `, case when count(${measure}) > 0 then ${inOrder(`coalesce(${textOf(measure)}, '')`)} end as ${measure}`,
  );
  const rows = await withSettings(
    scope,
    forJoinedSums,
    () => scope.db.$queryRaw<Row[]>`
    select to_char(day, 'YYYY-MM-DD') as starts, ${Prisma.raw(inOrder("series_id::text"))} as series,
      ${Prisma.raw(inOrder("slot::text"))} as slots ${Prisma.raw(texts.join(""))}
    from (${factRows(scope, asked)}) rows
    group by day order by day`,
  );
  return rows.map(({ starts, series, slots, ...measures }) => ({
    starts,
    series: series.split(",").map(Number),
    slots: slots.split(",").map(Number),
    measures,
  }));
}

/** Counts are whole numbers; money has a scale. */
const textOf = (measure: string) => (measure === "amount" ? "trim_scale(amount)::text" : `${measure}::text`);

/** Rows of (series_id, day, slot, measures). */
function factRows({ org }: OrgScope, { streamId, facts, grain, zone, range, measures }: FactsAsked): Prisma.Sql {
  const table = Prisma.raw(facts);
  const ofStream = Prisma.sql`f.org_id = ${org.id}::uuid and ${ofStreams([streamId], "f.stream_id")}`;
  const sums = Prisma.raw(measures.map((measure) => `, sum(${measure}) as ${measure}`).join(""));
  const utc = Prisma.raw("bucket_start at time zone 'UTC'");
  const ofSeries = Prisma.sql`join series s on s.org_id = ${org.id}::uuid and s.id = f.series_id`;
  if (grain === "hour") {
    // A series has one fact an hour: nothing is to be added up.
    const slot = Prisma.sql`case when s.bucket_width = '1d' then ${WHOLE_DAY}::int else extract(hour from ${utc})::int end`;
    return Prisma.sql`
      select f.*, (${utc})::date as day, ${slot} as slot from ${table} f ${ofSeries} where ${ofStream} and ${inUtcDays(range)}`;
  }
  if (zone === "UTC")
    return Prisma.sql`
      select series_id, (${utc})::date as day, 0 as slot ${sums} from ${table} f
      where ${ofStream} and ${inUtcDays(range)} group by 1, 2`;
  return Prisma.sql`
    select series_id, day, slot ${sums}
    from (
      select f.*, case when s.bucket_width = '1d' then utc_day else zone_day end as day,
        case when s.bucket_width = '1d' then ${WHOLE_DAY}::int else 0 end as slot
      from (
        select series_id, (${utc})::date as utc_day, (bucket_start at time zone ${zone}::text)::date as zone_day ${sums}
        from ${table} f where ${ofStream} and ${aroundDays(range)} group by 1, 2, 3
      ) f ${ofSeries}
    ) days
    where day >= ${range.from}::date and day < ${range.to}::date group by 1, 2, 3`;
}
