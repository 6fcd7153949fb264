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
  needsList,
  shareOfRow,
} from "@/server/explore/explore.sql";
import { forJoinedSums, forNeighbours, withSettings } from "@/server/explore/planner-settings.sql";
import type { Part } from "@/server/explore/part.sql";
import { isLabel } from "@/server/explore/source";
import { labelsOf } from "@/server/explore/source.sql";
import { itemDimensions, seriesLabeller } from "@/server/explore/packs/labelled";
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

/**
 * The series of some lists and their groups; those that the filters leave out are not there, what several share is more than once.
 * @param segments the first UTC day of each stretch of days in which labels do not change
 */
export async function groupSeries(
  scope: OrgScope,
  question: CellsQuestion,
  segments: readonly UtcDay[],
): Promise<SeriesOfList[]> {
  const { own, totals } = question.streams;
  if (!totals) return readSeries(scope, question, { lists: [{ streams: own, as: "own" }], segments });
  const people: Lists = { streams: own, as: "own" };
  const read = await readSeries(scope, question, { lists: [people, { streams: totals, as: "totals" }], segments });
  return [...read, ...(await deducted(scope, question, { people: read.filter(({ as }) => as === "own"), segments }))];
}

/** The people's own list under nobody's name: the same series, unless a filter asks whose they are. */
async function deducted(
  scope: OrgScope,
  question: CellsQuestion,
  { people, segments }: { people: readonly SeriesOfList[]; segments: readonly UtcDay[] },
): Promise<SeriesOfList[]> {
  const as = "people_deducted";
  if (question.filters.some(({ dimension }) => dimension === "user"))
    return readSeries(scope, question, { lists: [{ streams: question.streams.own, as }], segments });
  const isUser = question.groupBy.map((dimension) => dimension === "user");
  return people.map((list) => ({
    ...list,
    as,
    keys: list.keys.map((column, i) => (isUser[i] ? column.map(() => "") : column)),
  }));
}

type Lists = { streams: readonly number[]; as: Part["as"] };
type Asked = { lists: readonly Lists[]; segments: readonly UtcDay[] };

/**
 * The database would join labels to every series once for each segment: they are told here, unless a filter asks for them.
 * @param asked each list once
 */
async function readSeries(scope: OrgScope, question: CellsQuestion, asked: Asked): Promise<SeriesOfList[]> {
  const { groupBy, labels, filters, measure } = question;
  if (labels.size === 0 || filters.some(({ dimension }) => isLabel(dimension)))
    return readGroups(scope, question, asked);
  const items = itemDimensions.filter((dimension) => measure !== "cost" || dimension !== "user");
  const told = [...new Set([...groupBy.filter((dimension) => !isLabel(dimension)), ...items])];
  const unlabelled = { ...question, groupBy: told, labels: new Map() };
  const found = await readGroups(scope, unlabelled, { ...asked, segments: asked.segments.slice(0, 1) });
  return found.flatMap(({ ids, keys, ...list }) => {
    const columns = new Map(told.map((dimension, i) => [dimension, keys[i] ?? []]));
    const labelled = seriesLabeller({ ids, columns }, { groupBy, labels });
    return asked.segments.map((day, segment) => ({ ...list, ...labelled(day), segment }));
  });
}

async function readGroups(
  scope: OrgScope,
  question: CellsQuestion,
  { lists, segments }: Asked,
): Promise<SeriesOfList[]> {
  const { orgId, groupBy, measure } = question;
  const readings = new Map(lists.flatMap(({ streams, as }) => streams.map((id) => [id, as] as const)));
  const named = [...readings].flatMap(([id, as]) => (as === "own" ? [id] : []));
  const isUsd = measure === "cost" ? Prisma.sql`and s.currency = 'usd'` : Prisma.empty;
  const keys = groupBy.map((dimension) => Prisma.sql`json_agg(${keyColumn(dimension, measure)})`);
  const numbered = segments.map((day, number) => Prisma.sql`select ${day}::date as day, ${number}::int as number`);
  // As columns, which are a tenth of the work that as many rows are.
  const read = () => scope.db.$queryRaw<Omit<SeriesOfList, "as">[]>`
    with ${Prisma.raw(PLANNED_ANEW)} ${listedTable(question.listed)} ${labelTables(question)}
    select r.stream_id as "streamId", r.segment, json_agg(r.id) as ids,
      json_build_array(${keys.length > 0 ? Prisma.join(keys) : Prisma.empty}) as keys,
      ${isShared(question) ? Prisma.sql`json_agg((${shareOfRow(question)})::text)` : Prisma.sql`null::json`} as shares
    from (
      select s.id, st.id as stream_id, segments.day, segments.number as segment ${columnsOf(question, named)}
      from streams st
      join series s on s.org_id = ${orgId}::uuid and s.connection_id = st.connection_id and s.stream = st.name ${isUsd}
      cross join (${Prisma.join(numbered, " union all ")}) segments
      where st.org_id = ${orgId}::uuid and st.id = any(${[...readings.keys()]}::int[])
    ) r ${needsList(question) ? Prisma.sql`join listed l on l.id = r.stream_id` : Prisma.empty} ${labelJoins(question)}
    ${filterConditions(question)}
    group by 1, 2`;
  // Nor does PostgreSQL know that an organization has ten lists: it would look through all series once for each.
  const found = await withSettings(scope, { ...forNeighbours, ...forJoinedSums }, read);
  return found.flatMap((list) => {
    const as = readings.get(list.streamId);
    return as ? [{ ...list, as }] : [];
  });
}

/** ", expression as column" for each that is asked for; beside the people's own list, all is nobody's. */
function columnsOf({ source }: CellsQuestion, named: readonly number[]): Prisma.Sql {
  const columns = labelsOf(source.columns).map(([column, text]) => {
    const own =
      column === "user_id" ? Prisma.sql`case when st.id = any(${[...named]}::int[]) then ${text} else '' end` : text;
    return Prisma.sql`, ${own} as ${Prisma.raw(column)}`;
  });
  return Prisma.join([Prisma.empty, ...columns], " ");
}
