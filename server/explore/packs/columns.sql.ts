import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { apportionedRows } from "@/server/explore/apportioned.sql";
import { withLargeJoins } from "@/server/explore/large-joins.sql";
import { aroundDays, ofStreams } from "@/server/explore/part.sql";
import type { PackedStream } from "@/server/explore/packs/streams.sql";
import type { UtcDay } from "@/server/lib/time";
import type { Grain } from "@/server/usage/packs.sql";
import type { DayRange } from "@/server/usage/schema";

/** The slot of what is kept by UTC day alone and could not be divided over hours. */
export const WHOLE_DAY = 24;

export type Stretch = {
  stream: PackedStream;
  grain: Grain;
  /** IANA name; hours are those of UTC days. */
  zone: string;
  /** Days of that zone; of months, whole ones. */
  range: DayRange;
};

/**
 * What goes into a pack, as texts with commas between: rows in the order of series (their ids) and slots (the hour of the
 * day where the grain has hours, WHOLE_DAY, else 0). A measure is null where all of it is unknown.
 */
export type TextColumns = { starts: UtcDay; series: string; slots: string; measures: Record<string, string | null> };

/** A row for each pack of the stretch that has any fact. @param measures columns of the facts */
export async function readColumns(
  scope: OrgScope,
  stretch: Stretch,
  measures: readonly string[],
): Promise<TextColumns[]> {
  const inOrder = (text: string) => `string_agg(${text}, ',' order by series_id, slot)`;
  const texts = measures.map(
    (measure) =>
      `, case when count(${measure}) > 0 then ${inOrder(`coalesce(trim_scale(${measure})::text, '')`)} end as ${measure}`,
  );
  const query = () => scope.db.$queryRaw<(Omit<TextColumns, "measures"> & Record<string, string | null>)[]>`
    select to_char(starts, 'YYYY-MM-DD') as starts, ${Prisma.raw(inOrder("series_id::text"))} as series,
      ${Prisma.raw(inOrder("slot::text"))} as slots ${Prisma.raw(texts.join(""))}
    from (${stretch.stream.isCosts ? costRows(scope, stretch) : usageRows(scope, stretch, measures)}) rows
    group by 1 order by 1`;
  const rows = isCut(stretch) ? await withLargeJoins(scope, query) : await query();
  return rows.map(({ starts, series, slots, ...rest }) => ({ starts, series, slots, measures: rest }));
}

const unitOf = (grain: Grain) => (grain === "month" ? "month" : "day");

/** Whether a UTC day is cut: into hours, or where a day of the zone begins. */
export const isCut = ({ grain, zone }: Pick<Stretch, "grain" | "zone">) => grain === "hour" || zone !== "UTC";

const inDays = ({ from, to }: DayRange) => Prisma.sql`day >= ${from}::date and day < ${to}::date`;

/** Rows of (series_id, starts, slot, the sum of each measure). */
function usageRows({ org }: OrgScope, stretch: Stretch, measures: readonly string[]) {
  const { stream, grain, zone, range } = stretch;
  const utc = Prisma.raw("f.bucket_start at time zone 'UTC'");
  const whole = Prisma.sql`s.bucket_width = '1d'`;
  const day =
    zone === "UTC"
      ? utc
      : Prisma.sql`case when ${whole} then ${utc} else f.bucket_start at time zone ${zone}::text end`;
  const hour = grain === "hour" ? Prisma.sql`extract(hour from ${utc})::int` : Prisma.sql`0`;
  const slot = isCut(stretch) ? Prisma.sql`case when ${whole} then ${WHOLE_DAY}::int else ${hour} end` : Prisma.sql`0`;
  const sums = measures.map((measure) => `, sum(${measure}) as ${measure}`).join("");
  return Prisma.sql`
    select series_id, date_trunc(${unitOf(grain)}, day::timestamp)::date as starts, slot ${Prisma.raw(sums)}
    from (
      select f.*, (${day})::date as day, ${slot} as slot
      from usage_facts f join series s on s.org_id = ${org.id}::uuid and s.id = f.series_id
      where f.org_id = ${org.id}::uuid and ${ofStreams([stream.id], "f.stream_id")} and ${aroundDays(range)}
    ) facts
    where ${inDays(range)} group by 1, 2, 3`;
}

function costRows({ org }: OrgScope, stretch: Stretch) {
  const { stream, grain, zone, range } = stretch;
  if (!isCut(stretch))
    return Prisma.sql`
      select series_id, date_trunc(${unitOf(grain)}, day::timestamp)::date as starts, 0 as slot, sum(amount) as amount
      from (
        select series_id, amount, (bucket_start at time zone 'UTC')::date as day from cost_facts
        where org_id = ${org.id}::uuid and ${ofStreams([stream.id])} and ${aroundDays(range)}
      ) facts
      where ${inDays(range)} group by 1, 2, 3`;
  const divided = apportionedRows(
    {
      orgId: org.id,
      measure: "cost",
      source: { kind: "facts", columns: ["id"], isDated: false },
      granularity: grain,
      timezone: zone,
      periods: [range],
      // A list of totals beside it makes it the list of persons.
      streams: { own: [stream.id], totals: stream.isOfPersons ? [] : null, requests: stream.requestStreams },
    },
    { range, period: 0, streams: [stream.id], as: "own" },
    { kind: "facts", columns: ["id"], isDated: false },
  );
  return Prisma.sql`
    select id::bigint as series_id, date_trunc(${unitOf(grain)}, bucket)::date as starts,
      case when is_whole then ${WHOLE_DAY}::int when ${grain === "hour"} then extract(hour from bucket)::int else 0 end as slot,
      sum(value) as amount
    from (${divided}) divided group by 1, 2, 3`;
}
