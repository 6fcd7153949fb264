import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import {
  type CellsQuestion,
  filterConditions,
  isShared,
  keyColumn,
  labelJoins,
  labelTables,
  listedTable,
  shareOfRow,
} from "@/server/explore/explore.sql";
import type { Part, Reading } from "@/server/explore/part.sql";
import { labelsOf } from "@/server/explore/source.sql";
import type { UtcDay } from "@/server/lib/time";

/** The series of a list on the days of a segment, as columns: the groups they belong to, in no order. */
export type SeriesOfList = {
  streamId: number;
  as: Part["as"];
  segment: number;
  ids: readonly number[];
  /** A column for each dimension. */
  keys: readonly (readonly string[])[];
  /** The part of its figures that the group gets, as decimal numbers; null for all of them. */
  shares: readonly string[] | null;
};

type Asked = {
  readings: readonly Reading[];
  /** The first UTC day of each stretch of days in which labels do not change. */
  segments: readonly UtcDay[];
};

/** The series of some lists and their groups; those that the filters leave out are not there, what several share is more than once. */
export async function groupSeries(
  scope: OrgScope,
  question: CellsQuestion,
  { readings, segments }: Asked,
): Promise<SeriesOfList[]> {
  const { orgId, groupBy, measure } = question;
  const streamIds = readings.flatMap(({ streams }) => streams);
  const names = readings.flatMap(({ streams, as }) => streams.map(() => as));
  const isUsd = measure === "cost" ? Prisma.sql`and s.currency = 'usd'` : Prisma.empty;
  const keys = groupBy.map((dimension) => Prisma.sql`json_agg(${keyColumn(dimension, measure)})`);
  // As columns, which are a tenth of the work that as many rows are.
  return scope.db.$queryRaw<SeriesOfList[]>`
    with ${Prisma.raw(PLANNED_ANEW)} ${listedTable(question.listed)} ${labelTables(question)}
    select r.stream_id as "streamId", r.reading as "as", r.segment, json_agg(r.id) as ids,
      json_build_array(${keys.length > 0 ? Prisma.join(keys) : Prisma.empty}) as keys,
      ${isShared(question) ? Prisma.sql`json_agg((${shareOfRow(question)})::text)` : Prisma.sql`null::json`} as shares
    from (
      select s.id, st.id as stream_id, readings.reading, segments.day, segments.number::int - 1 as segment
        ${columnsOf(question)}
      from streams st
      join unnest(${streamIds}::int[], ${names}::text[]) readings (stream_id, reading) on readings.stream_id = st.id
      join series s on s.org_id = ${orgId}::uuid and s.connection_id = st.connection_id and s.stream = st.name ${isUsd}
      cross join unnest(${[...segments]}::date[]) with ordinality segments (day, number)
      where st.org_id = ${orgId}::uuid
    ) r join listed l on l.id = r.stream_id ${labelJoins(question)}
    ${filterConditions(question)}
    group by 1, 2, 3`;
}

/** ", expression as column" for each that is asked for; beside the people's own list, all is nobody's. */
function columnsOf({ source }: CellsQuestion): Prisma.Sql {
  const columns = labelsOf(source.columns).map(([column, text]) => {
    const own = column === "user_id" ? Prisma.sql`case when readings.reading = 'own' then ${text} else '' end` : text;
    return Prisma.sql`, ${own} as ${Prisma.raw(column)}`;
  });
  return Prisma.join([Prisma.empty, ...columns], " ");
}
