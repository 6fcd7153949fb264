import { Prisma } from "@/server/db/generated/client";
import type { ExploreGranularity, ExploreMeasure } from "@/server/explore/constants";
import { columnOf } from "@/server/explore/measures";
import { wholeMonths } from "@/server/explore/ranges";
import type { SeriesColumn, Source } from "@/server/explore/source";
import { costDimensions } from "@/server/usage/dimensions";
import type { DayRange } from "@/server/usage/schema";

// Rows of (period, bucket, stream_id, the columns needed, value). An empty text is "the provider gave none"; a bucket is
// UTC wall time of its beginning.

export type SourceQuestion = {
  orgId: string;
  measure: ExploreMeasure;
  source: Source;
  granularity: ExploreGranularity;
  /** The range asked for and, if there is one, the range compared with. */
  periods: readonly DayRange[];
  streams: StreamSets;
};

/** Ids of the lists to read. Money by person is a list of its own, which the totals' list brings up to the totals. */
export type StreamSets = { own: readonly number[]; totals: readonly number[] | null };

/**
 * What is read of a table in which way. People have their own list; nobody gets what that lacks of the totals: the
 * totals' list under nobody's name, less the people's.
 */
type Part = {
  range: DayRange;
  period: number;
  streams: readonly number[];
  as: "own" | "totals" | "people_deducted";
};

/** All rows of all periods. */
export function sourceRows(question: SourceQuestion): Prisma.Sql {
  const parts = question.periods.flatMap((range, period) => partsOf(question.streams, { range, period }));
  return Prisma.join(
    parts.flatMap((part) => readPart(question, part)),
    " union all ",
  );
}

function partsOf({ own, totals }: StreamSets, period: Pick<Part, "range" | "period">): Part[] {
  const parts: Part[] = [{ ...period, streams: own, as: "own" }];
  if (!totals) return parts;
  return [...parts, { ...period, streams: totals, as: "totals" }, { ...period, streams: own, as: "people_deducted" }];
}

function readPart(question: SourceQuestion, part: Part): Prisma.Sql[] {
  const { source, granularity } = question;
  if (source.kind === "facts") return [factRows(question, part, source.columns)];
  const isCoarse = source.hasMonths && (granularity === "month" || granularity === "quarter");
  if (!isCoarse) return [sumRows(question, part, { ...source, by: "day" })];
  // A year is twelve rows instead of 365.
  const { months, days } = wholeMonths(part.range);
  return [
    ...(months ? [sumRows(question, { ...part, range: months }, { ...source, by: "month" })] : []),
    ...days.map((range) => sumRows(question, { ...part, range }, { ...source, by: "day" })),
  ];
}

type SumTable = Extract<Source, { kind: "sums" }> & { by: "day" | "month" };

function sumRows({ orgId, measure, granularity }: SourceQuestion, part: Part, { by, ...source }: SumTable): Prisma.Sql {
  const isCost = measure === "cost";
  const table = Prisma.raw(`${isCost ? "cost" : "usage"}_${by === "day" ? "daily" : "monthly"}`);
  const time = Prisma.raw(by);
  const columns = source.columns.map((column, i) => [column, Prisma.raw(i === 0 ? "key" : "key2")] as const);
  return Prisma.sql`
    select ${part.period}::int as period, date_trunc(${granularity}, ${time}::timestamp) as bucket, stream_id
      ${select(columns, part)}, ${signed(part, isCost ? "amount" : columnOf(measure))} as value
    from ${table}
    where org_id = ${orgId}::uuid and dimension = ${sumNumber(part, source.dimension)}
      and ${time} >= ${part.range.from}::date and ${time} < ${part.range.to}::date and ${ofStreams(part)}`;
}

/** What everybody comes to is summed without names: the totals, and what the list by person adds up to. */
function sumNumber({ as }: Part, own: number): number {
  if (as === "own") return own;
  return as === "totals" ? costDimensions.total : costDimensions.user_total;
}

/** Facts are first added up by series and bucket, then labelled: the series are joined to few rows instead of all. */
function factRows({ orgId, measure, granularity }: SourceQuestion, part: Part, columns: readonly SeriesColumn[]) {
  const isCost = measure === "cost";
  const table = Prisma.raw(isCost ? "cost_facts" : "usage_facts");
  const value = Prisma.raw(isCost ? "amount" : columnOf(measure));
  const labels = columns.map((column) => [column, Prisma.raw(`coalesce(s.${column}::text, '')`)] as const);
  return Prisma.sql`
    select ${part.period}::int as period, b.bucket, b.stream_id ${select(labels, part)}, ${signed(part, "b.value")} as value
    from (
      select series_id, stream_id, date_trunc(${granularity}, bucket_start at time zone 'UTC') as bucket, sum(${value}) as value
      from ${table}
      where org_id = ${orgId}::uuid and ${ofStreams(part)}
        and bucket_start >= ${part.range.from}::date::timestamp at time zone 'UTC'
        and bucket_start < ${part.range.to}::date::timestamp at time zone 'UTC'
      group by 1, 2, 3 having sum(${value}) is not null
    ) b
    join series s on s.org_id = ${orgId}::uuid and s.id = b.series_id ${isCost ? Prisma.sql`and s.currency = 'usd'` : Prisma.empty}`;
}

const ofStreams = ({ streams }: Part) => Prisma.sql`stream_id = any(${[...streams]}::int[])`;

const signed = ({ as }: Part, value: string) => Prisma.raw(`${as === "people_deducted" ? "-" : ""}${value}`);

/** ", expression as column" for each; beside the people's own list, all is nobody's. */
function select(columns: readonly (readonly [SeriesColumn, Prisma.Sql])[], { as }: Part): Prisma.Sql {
  if (columns.length === 0) return Prisma.empty;
  const expressions = columns.map(([column, expression]) => {
    const isNobodys = column === "user_id" && as !== "own";
    return Prisma.sql`, ${isNobodys ? Prisma.sql`''` : expression} as ${Prisma.raw(column)}`;
  });
  return Prisma.join(expressions, " ");
}
