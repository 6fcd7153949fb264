import { Prisma } from "@/server/db/generated/client";
import { apportionedRows } from "@/server/explore/apportioned.sql";
import { columnOf, type UsageMeasureName } from "@/server/explore/measures";
import {
  aroundDays,
  bucketOfHour,
  dayIf,
  inDaysOf,
  inUtcDays,
  ofStreams,
  type Part,
  readingsOf,
  select,
  signed,
  type SourceQuestion,
} from "@/server/explore/part.sql";
import { wholeMonths } from "@/server/explore/ranges";
import type { SeriesColumn, Source } from "@/server/explore/source";
import { utcDaysBetween } from "@/server/lib/time";
import { costDimensions } from "@/server/usage/dimensions";
import { type Span, spans } from "@/server/usage/spans";

/** All rows of all periods. */
export function sourceRows(question: SourceQuestion): Prisma.Sql {
  const readings = readingsOf(question.streams);
  const parts = question.periods.flatMap((range, period) => readings.map((reading) => ({ ...reading, range, period })));
  return Prisma.join(
    parts.flatMap((part) => readPart(question, part)),
    " union all ",
  );
}

function readPart(question: SourceQuestion, part: Part): Prisma.Sql[] {
  const { source, granularity, measure, timezone } = question;
  if (source.kind === "facts") {
    if (granularity !== "hour" && timezone === "UTC") return [factRows(question, part, source)];
    if (measure === "cost") return [apportionedRows(question, part, source)];
    return [hourlyRows(question, part, { ...source, measure })];
  }
  const isCoarse = source.hasSpans && (granularity === "month" || granularity === "quarter");
  if (!isCoarse) return [sumRows(question, part, { ...source, by: "day" })];
  // A year is twelve rows instead of 365.
  const { months, days } = wholeMonths(part.range);
  return [
    ...(months ? [sumRows(question, { ...part, range: months }, { ...source, by: "month" })] : []),
    ...days.map((range) => sumRows(question, { ...part, range }, { ...source, by: "day" })),
  ];
}

type SumTable = Extract<Source, { kind: "sums" }> & { by: "day" | "month" };

function sumRows(question: SourceQuestion, part: Part, { by, ...source }: SumTable): Prisma.Sql {
  const { orgId, measure, granularity } = question;
  const isCost = measure === "cost";
  const table = Prisma.raw(`${isCost ? "cost" : "usage"}_${by === "day" ? "daily" : "spans"}`);
  const time = Prisma.raw(by === "day" ? "day" : "starts");
  const columns = source.columns.map((column, i) => [column, Prisma.raw(i === 0 ? "key" : "key2")] as const);
  return Prisma.sql`
    select ${part.period}::int as period, date_trunc(${granularity}, ${time}::timestamp) as bucket, stream_id, false as is_whole
      ${select(columns, part)}, ${signed(part, isCost ? "amount" : columnOf(measure))} as value
    from ${table}
    where org_id = ${orgId}::uuid and dimension = ${sumNumber(part, source.dimension)}
      and ${by === "day" ? inDays(question, part) : inSpans(question, part, by)} and ${ofStreams(part.streams)}`;
}

/** Days of a few members are named one by one, so that each is looked up: the index has the days of all before their names. */
function inDays({ members }: SourceQuestion, { range: { from, to } }: Part): Prisma.Sql {
  if (!members) return Prisma.sql`day >= ${from}::date and day < ${to}::date`;
  return Prisma.sql`day = any(${utcDaysBetween(from, to)}::date[]) and key = any(${members})`;
}

function inSpans({ members }: SourceQuestion, { range: { from, to } }: Part, by: Span): Prisma.Sql {
  const isAsked = members ? Prisma.sql`and key = any(${members})` : Prisma.empty;
  return Prisma.sql`span = ${spans[by]} and starts >= ${from}::date and starts < ${to}::date ${isAsked}`;
}

/** What everybody comes to is summed without names: the totals, and what the list by person adds up to. */
function sumNumber({ as }: Part, own: number): number {
  if (as === "own") return own;
  return as === "totals" ? costDimensions.total : costDimensions.user_total;
}

const utcDay = Prisma.sql`(bucket_start at time zone 'UTC')::date`;

/** Columns of a series `s` as texts. */
export const labelsOf = (columns: readonly SeriesColumn[]) =>
  columns.map((column) => [column, Prisma.raw(`coalesce(s.${column}::text, '')`)] as const);

/**
 * Facts by UTC day or coarser. They are first added up by series and bucket, then labelled: the series are joined to few
 * rows instead of all.
 */
function factRows({ orgId, measure, granularity }: SourceQuestion, part: Part, { columns, isDated }: Facts) {
  const isCost = measure === "cost";
  const table = Prisma.raw(isCost ? "cost_facts" : "usage_facts");
  const value = Prisma.raw(isCost ? "amount" : columnOf(measure));
  return Prisma.sql`
    select ${part.period}::int as period, b.bucket, b.stream_id, false as is_whole ${dayIf(isDated, "b.day")} ${select(labelsOf(columns), part)},
      ${signed(part, "b.value")} as value
    from (
      select series_id, stream_id, date_trunc(${granularity}, bucket_start at time zone 'UTC') as bucket,
        ${isDated ? utcDay : Prisma.sql`null::date`} as day, sum(${value}) as value
      from ${table}
      where org_id = ${orgId}::uuid and ${ofStreams(part.streams)} and ${inUtcDays(part.range)}
      group by 1, 2, 3, 4 having sum(${value}) is not null
    ) b
    join series s on s.org_id = ${orgId}::uuid and s.id = b.series_id ${isCost ? Prisma.sql`and s.currency = 'usd'` : Prisma.empty}`;
}

type Facts = Extract<Source, { kind: "facts" }>;
type Hourly = Facts & { measure: UsageMeasureName };

/** Usage by hour, or by days of another zone; what is kept by the UTC day stays with that day. */
function hourlyRows(question: SourceQuestion, part: Part, { columns, isDated, measure }: Hourly): Prisma.Sql {
  const { orgId, granularity, timezone } = question;
  const value = Prisma.raw(columnOf(measure));
  return Prisma.sql`
    select ${part.period}::int as period, case when s.bucket_width = '1d' then b.utc_bucket else b.bucket end as bucket,
      b.stream_id, s.bucket_width = '1d' as is_whole ${dayIf(isDated, "b.day")} ${select(labelsOf(columns), part)}, b.value
    from (
      select series_id, stream_id, ${bucketOfHour(question)} as bucket,
        date_trunc(${granularity}, bucket_start at time zone 'UTC') as utc_bucket,
        ${inDaysOf(timezone, part.range)} as is_asked, ${inDaysOf("UTC", part.range)} as is_asked_utc,
        ${isDated ? utcDay : Prisma.sql`null::date`} as day, sum(${value}) as value
      from usage_facts
      where org_id = ${orgId}::uuid and ${ofStreams(part.streams)} and ${aroundDays(part.range)}
      group by 1, 2, 3, 4, 5, 6, 7 having sum(${value}) is not null
    ) b join series s on s.org_id = ${orgId}::uuid and s.id = b.series_id
    where case when s.bucket_width = '1d' then b.is_asked_utc else b.is_asked end`;
}
