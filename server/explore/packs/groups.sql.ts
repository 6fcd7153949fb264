import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import {
  type CellsQuestion,
  filterConditions,
  keyColumn,
  labelJoins,
  labelTables,
  listedTable,
  shareOfRow,
} from "@/server/explore/explore.sql";
import { type Part, type Reading, select } from "@/server/explore/part.sql";
import { labelsOf } from "@/server/explore/source.sql";
import type { UtcDay } from "@/server/lib/time";

/** Series of a list that belong to one group on the days of a segment. */
export type GroupOfSeries = {
  streamId: number;
  as: Part["as"];
  segment: number;
  keys: string[];
  /** The part of its figures that the group gets, as a decimal number. */
  share: string;
  /** In ascending order. */
  seriesIds: number[];
};

type Asked = {
  readings: readonly Reading[];
  /** The first UTC day of each stretch of days in which labels do not change. */
  segments: readonly UtcDay[];
};

/** The series of some lists by group, in the order of the groups' keys; those that the filters leave out are not there. */
export async function groupSeries(
  scope: OrgScope,
  question: CellsQuestion,
  { readings, segments }: Asked,
): Promise<GroupOfSeries[]> {
  const { groupBy, measure } = question;
  const keys = groupBy.map((dimension) => keyColumn(dimension, measure));
  const rows = await scope.db.$queryRaw<(Omit<GroupOfSeries, "seriesIds"> & { ids: string })[]>`
    with ${Prisma.raw(PLANNED_ANEW)} ${listedTable(question.listed)} ${labelTables(question)}
    select stream_id as "streamId", reading as "as", segment, keys, share::text, string_agg(id::text, ',' order by id) as ids
    from (
      select r.*, array[${keys.length > 0 ? Prisma.join(keys) : Prisma.empty}]::text[] as keys, ${shareOfRow(question)} as share
      from (
        select named.*, segments.day, segments.number::int - 1 as segment
        from (${Prisma.join(
          readings.map((reading) => seriesOf(question, reading)),
          " union all ",
        )}) named
        cross join unnest(${[...segments]}::date[]) with ordinality segments (day, number)
      ) r join listed l on l.id = r.stream_id ${labelJoins(question)}
      ${filterConditions(question)}
    ) grouped group by stream_id, reading, segment, keys, share order by keys`;
  return rows.map(({ ids, ...group }) => ({ ...group, seriesIds: ids.split(",").map(Number) }));
}

function seriesOf({ orgId, measure, source }: CellsQuestion, { streams, as }: Reading) {
  const isUsd = measure === "cost" ? Prisma.sql`and s.currency = 'usd'` : Prisma.empty;
  return Prisma.sql`
    select s.id, st.id as stream_id, ${as}::text as reading ${select(labelsOf(source.columns), { as })}
    from streams st join series s
      on s.org_id = ${orgId}::uuid and s.connection_id = st.connection_id and s.stream = st.name ${isUsd}
    where st.org_id = ${orgId}::uuid and st.id = any(${[...streams]}::int[])`;
}
