import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import { PLANNED_ANEW } from "@/server/db/statement-names";
import { joinLabels, keyOf, type LabelledColumns, labelTable, shareOf } from "@/server/allocation/labels.sql";
import type { ExploreDimension, ExploreFilter, ExploreMeasure, LabelDimension } from "@/server/explore/constants";
import { forJoinedSums, withSettings } from "@/server/explore/planner-settings.sql";
import { DAY_FORMAT, leadersSql } from "@/server/explore/leaders.sql";
import type { Labels } from "@/server/explore/read-labels";
import type { SourceQuestion } from "@/server/explore/part.sql";
import { isLabel, type SeriesColumn, type Source } from "@/server/explore/source";
import { sourceRows } from "@/server/explore/source.sql";
import type { DayRange } from "@/server/usage/schema";
import type { CountedStream } from "@/server/explore/streams.sql";

export type CellsQuestion = SourceQuestion & {
  groupBy: readonly ExploreDimension[];
  /** Those that the lists to read do not settle already. */
  filters: readonly ExploreFilter[];
  listed: readonly CountedStream[];
  top: number;
  /** From the first UTC day of any period to the last one. */
  span: DayRange;
  /** Of the days of the span. */
  labels: Labels;
};

/**
 * One line of the answer: a named group, all others together, or what has no name. Buckets are UTC days or, by the hour,
 * instants; values are exact texts beside them.
 */
export type GroupCells = {
  period: number;
  kind: "named" | "other" | "unattributed";
  rank: number;
  keys: string[];
  buckets: string[];
  values: string[];
  groupCount: number;
  /** What of the values was kept by UTC day alone and could not be divided. */
  whole: string;
};

const labelColumns = (measure: ExploreMeasure): LabelledColumns => ({
  day: "r.day",
  api_key: "r.api_key_id",
  project: "r.project_id",
  ...(measure === "cost" ? {} : { user: "r.user_id" }),
});

/**
 * Fine-tuned models belong to what they were made from ("ft:gpt-4o-2024-08-06:acme::id"); snapshots and "-latest" to their
 * model. Without regular expressions, which are slow by the row.
 */
function familyOf(model: Prisma.Sql): Prisma.Sql {
  const base = Prisma.sql`coalesce(nullif(case when ${model} like 'ft:%' then split_part(${model}, ':', 2) end, ''), ${model})`;
  const digitsGone = (length: number) =>
    Prisma.sql`translate(right(${base}, ${Prisma.raw(String(length))}), '0123456789', '')`;
  return Prisma.sql`case
    when ${base} like '%-____-__-__' and ${digitsGone(10)} = '--' then left(${base}, -11)
    when ${base} like '%-____' and ${digitsGone(4)} = '' then left(${base}, -5)
    when ${base} like '%-latest' then left(${base}, -7)
    else ${base} end`;
}

export const keyColumns: Record<Exclude<ExploreDimension, LabelDimension>, Prisma.Sql> = {
  project: Prisma.sql`r.project_id`,
  user: Prisma.sql`r.user_id`,
  api_key: Prisma.sql`r.api_key_id`,
  model: Prisma.sql`r.model`,
  model_family: familyOf(Prisma.sql`r.model`),
  line_item: Prisma.sql`r.line_item`,
  // "<model>, <what was billed>": what stands after the last comma.
  token_type: Prisma.sql`coalesce(substring(r.line_item from '^.+, (.*)$'), '')`,
  service_tier: Prisma.sql`r.service_tier`,
  batch: Prisma.sql`r.batch`,
  endpoint: Prisma.sql`l.endpoint`,
  connection: Prisma.sql`l.connection_id`,
};

/** Sums by group and bucket, the largest groups by name. All in the database: what comes back is what is drawn. */
export function readSummedCells(scope: OrgScope, question: CellsQuestion): Promise<GroupCells[]> {
  const { source } = question;
  const statement = isToldBySpans(question, source) ? leadersSql({ ...question, source }) : cellsSql(question);
  const read = () => scope.db.$queryRaw<GroupCells[]>(statement);
  return question.streams.requests.length > 0 ? withSettings(scope, forJoinedSums, read) : read();
}

type SpannedSums = Extract<Source, { kind: "sums" }>;

/** Whether who leads is told by sums over long spans of days. */
const isToldBySpans = ({ filters, groupBy }: CellsQuestion, source: Source): source is SpannedSums =>
  filters.length === 0 &&
  groupBy.length === 1 &&
  groupBy.every(isStoredAsSuch) &&
  source.kind === "sums" &&
  source.hasSpans;

/** Whether sums tell it by few rows: everything together, what there is not much of, or one dimension by spans. */
export function isToldBySums(question: CellsQuestion): boolean {
  const { source } = question;
  if (source.kind !== "sums") return false;
  return source.columns.every((column) => ofFew.has(column)) || isToldBySpans(question, source);
}

/** Of these there are as many as the provider sells and an organization has fine-tuned, however many people and keys there are. */
const ofFew: ReadonlySet<SeriesColumn> = new Set(["model", "line_item"]);

/** Dimensions whose members the sums have as keys; the others are made of them. */
const isStoredAsSuch = (dimension: ExploreDimension) =>
  ["project", "user", "api_key", "model", "line_item"].includes(dimension);

function cellsSql(question: CellsQuestion): Prisma.Sql {
  const { groupBy, granularity, listed, top, measure } = question;
  const keys = groupBy.map((dimension) => keyColumn(dimension, measure));
  const value = partOfRow(question);
  const [k1 = nothing, k2 = nothing] = keys;
  const isNobody = groupBy.length === 0 ? Prisma.sql`false` : Prisma.sql`(k1 = '' and k2 = '')`;
  const format = granularity === "hour" ? 'YYYY-MM-DD"T"HH24:MI:SS"Z"' : DAY_FORMAT;
  return Prisma.sql`
    with ${Prisma.raw(PLANNED_ANEW)} ${listedTable(listed)} ${labelTables(question)}, cells as (
      select r.period, r.bucket, ${k1} as k1, ${k2} as k2, sum(${value}) as value,
        coalesce(sum(${value}) filter (where r.is_whole), 0) as whole
      from (${sourceRows(question)}) r ${needsList(question) ? Prisma.sql`join listed l on l.id = r.stream_id` : Prisma.empty}
      ${labelJoins(question)}
      ${filterConditions(question)}
      group by 1, 2, 3, 4
    ), ranked as (
      select k1, k2, ${isNobody} as is_nobody,
        row_number() over (order by ${isNobody}, sum(value) filter (where period = 0) desc nulls last, k1, k2) as rank,
        count(*) filter (where not ${isNobody}) over () as groups
      from cells group by k1, k2 having bool_or(value <> 0)
    ), placed as (
      select c.period, c.bucket, r.groups,
        case when r.is_nobody then 'unattributed' when r.rank > ${top} then 'other' else 'named' end as kind,
        case when r.is_nobody or r.rank > ${top} then 0 else r.rank end as rank,
        case when r.is_nobody or r.rank > ${top} then '' else c.k1 end as k1,
        case when r.is_nobody or r.rank > ${top} then '' else c.k2 end as k2,
        sum(c.value) as value, sum(c.whole) as whole
      from cells c join ranked r on r.k1 = c.k1 and r.k2 = c.k2
      group by 1, 2, 3, 4, 5, 6, 7
    )
    select period, kind, rank::int, array[k1, k2] as keys, groups::int as "groupCount",
      array_agg(to_char(bucket, ${format}) order by bucket) as buckets,
      array_agg(trim_scale(value)::text order by bucket) as values, trim_scale(sum(whole))::text as whole
    from placed group by 1, 2, 3, 4, 5 order by period, kind, rank`;
}

const nothing = Prisma.sql`''`;

/** Which connection and endpoint a list is of, as the first named query of a `with` clause. */
export const listedTable = (listed: readonly CountedStream[]) => Prisma.sql`
  listed (id, connection_id, endpoint) as (
    select * from unnest(${listed.map(({ id }) => id)}::int[], ${listed.map(({ connectionId }) => connectionId)}::text[],
      ${listed.map(({ name }) => endpointOf(name))}::text[]))`;

const endpointOf = (stream: string) => stream.slice(stream.indexOf(".") + 1);

export const isOfList = (dimension: ExploreDimension) => dimension === "endpoint" || dimension === "connection";

/** Whether rows have to be told which connection and endpoint they are of: the list `l`. */
export const needsList = ({ groupBy, filters }: CellsQuestion) =>
  [...groupBy, ...filters.map(({ dimension }) => dimension)].some(isOfList);

export const keyColumn = (dimension: ExploreDimension, measure: ExploreMeasure) =>
  isLabel(dimension) ? keyOf(dimension, labelColumns(measure)) : keyColumns[dimension];

type Labelled = Pick<CellsQuestion, "labels" | "measure">;

/** Named queries that follow another one in a `with` clause. */
export const labelTables = ({ labels }: Labelled) =>
  Prisma.join([Prisma.empty, ...[...labels].map(([name, own]) => labelTable(name, own))], ", ");

export const labelJoins = ({ labels, measure }: Labelled) =>
  Prisma.join([Prisma.empty, ...[...labels.keys()].map((name) => joinLabels(name, labelColumns(measure)))], " ");

/**
 * Of a cost that several share, each label's row has its part.
 * @param column of the rows, as SQL of ours
 */
export function partOfRow(question: Labelled, column = "value"): Prisma.Sql {
  const value = Prisma.raw(`r.${column}`);
  return isShared(question) ? Prisma.sql`(${value} * ${shareOfRow(question)})` : value;
}

/** Whether labels of the question have parts of a row. */
export const isShared = ({ labels }: Labelled) => labels.has("cost_center");

/** Which part of a row its label has. */
export const shareOfRow = (question: Labelled): Prisma.Sql =>
  isShared(question) ? shareOf("cost_center", labelColumns(question.measure)) : Prisma.sql`1`;

export function filterConditions({
  orgId,
  filters,
  measure,
}: Pick<CellsQuestion, "orgId" | "filters" | "measure">): Prisma.Sql {
  if (filters.length === 0) return Prisma.empty;
  return Prisma.sql`where ${Prisma.join(
    filters.map((filter) => condition(orgId, filter, measure)),
    " and ",
  )}`;
}

function condition(orgId: string, filter: ExploreFilter, measure: ExploreMeasure): Prisma.Sql {
  const key = keyColumn(filter.dimension, measure);
  if (filter.op === "search") return searched(orgId, filter, key);
  const values = filter.values.map((value) => value ?? "");
  return filter.op === "in"
    ? Prisma.sql`${key} = any(${values}::text[])`
    : Prisma.sql`${key} <> all(${values}::text[])`;
}

const directoryKinds: Partial<Record<ExploreDimension, string[]>> = {
  project: ["project"],
  user: ["user", "service_account", "project_user"],
  api_key: ["api_key"],
  service_account: ["service_account"],
};

type Searched = Extract<ExploreFilter, { op: "search" }>;

/** By id or by what the directory calls it, whatever the case. */
function searched(orgId: string, { dimension, text }: Searched, key: Prisma.Sql): Prisma.Sql {
  const pattern = `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const named = nameSearch(orgId, dimension, pattern);
  return named
    ? Prisma.sql`(${key} ilike ${pattern} or ${key} = any(array(${named})))`
    : Prisma.sql`${key} ilike ${pattern}`;
}

function nameSearch(orgId: string, dimension: ExploreDimension, pattern: string): Prisma.Sql | null {
  if (dimension === "connection")
    return Prisma.sql`select id::text from connections where org_id = ${orgId}::uuid and name ilike ${pattern}`;
  if (dimension === "cost_center")
    return Prisma.sql`select id::text from cost_centers where org_id = ${orgId}::uuid and (name ilike ${pattern} or code ilike ${pattern})`;
  const kinds = directoryKinds[dimension];
  if (!kinds) return null;
  const aliasKind = dimension === "service_account" ? "user" : dimension;
  return Prisma.sql`select id from directory_items where org_id = ${orgId}::uuid and kind = any(${kinds}::text[])
      and (name ilike ${pattern} or data ->> 'email' ilike ${pattern})
    union all select item_id from directory_aliases where org_id = ${orgId}::uuid and kind = ${aliasKind} and name ilike ${pattern}`;
}
