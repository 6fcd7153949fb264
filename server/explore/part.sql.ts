import { Prisma } from "@/server/db/generated/client";
import type { ExploreGranularity, ExploreMeasure } from "@/server/explore/constants";
import type { SeriesColumn, Source } from "@/server/explore/source";
import type { DayRange } from "@/server/usage/schema";

// What all readings of facts and sums have in common: rows of (period, bucket, stream_id, is_whole, the columns needed,
// value). An empty text is "the provider gave none"; a bucket is wall time of its beginning (of hours in UTC, else in the
// zone asked for); whole is what was kept by UTC day alone and could not be divided.

export type SourceQuestion = {
  orgId: string;
  measure: ExploreMeasure;
  source: Source;
  granularity: ExploreGranularity;
  /** IANA name of the zone whose days are asked for. */
  timezone: string;
  /** The range asked for and, if there is one, the range compared with. */
  periods: readonly DayRange[];
  streams: StreamSets;
  /** Of sums, an array of the only members to read; SQL. */
  members?: Prisma.Sql;
};

/** Ids of the lists to read. */
export type StreamSets = {
  own: readonly number[];
  /** Money by person is a list of its own, which the totals' list brings up to the totals. */
  totals: readonly number[] | null;
  /** Those that tell in which hours there were requests: by them, money of a day is divided. */
  requests: readonly number[];
};

/**
 * What is read of a table in which way. People have their own list; nobody gets what that lacks of the totals: the
 * totals' list under nobody's name, less the people's.
 */
export type Part = {
  range: DayRange;
  period: number;
  streams: readonly number[];
  as: "own" | "totals" | "people_deducted";
};

/** How lists are read: people of their own, with what it lacks of the totals. */
export type Reading = Pick<Part, "streams" | "as">;

export function readingsOf({ own, totals }: StreamSets): Reading[] {
  const people: Reading = { streams: own, as: "own" };
  if (!totals) return [people];
  return [people, { streams: totals, as: "totals" }, { streams: own, as: "people_deducted" }];
}

export const ofStreams = (streams: readonly number[], column = "stream_id") =>
  Prisma.sql`${Prisma.raw(column)} = any(${[...streams]}::int[])`;

/** The bucket of an hour that begins at bucket_start; hours have no zone, so that none is there twice. */
export const bucketOfHour = ({ granularity, timezone }: Pick<SourceQuestion, "granularity" | "timezone">) =>
  granularity === "hour"
    ? Prisma.sql`date_trunc('hour', bucket_start at time zone 'UTC')`
    : Prisma.sql`date_trunc(${granularity}, bucket_start at time zone ${timezone}::text)`;

/** Whether bucket_start lies in days of a zone: those in which an hour begins. */
export const inDaysOf = (timezone: string, { from, to }: DayRange) =>
  Prisma.sql`((bucket_start at time zone ${timezone}::text)::date >= ${from}::date and (bucket_start at time zone ${timezone}::text)::date < ${to}::date)`;

/** As much time as days of a range can take in any zone, for the index. */
export const aroundDays = ({ from, to }: DayRange) => Prisma.sql`
  bucket_start >= (${from}::date - 1)::timestamp at time zone 'UTC' and bucket_start < (${to}::date + 1)::timestamp at time zone 'UTC'`;

/** Whether bucket_start lies in UTC days, for the index. */
export const inUtcDays = ({ from, to }: DayRange) => Prisma.sql`
  bucket_start >= ${from}::date::timestamp at time zone 'UTC' and bucket_start < ${to}::date::timestamp at time zone 'UTC'`;

export const signed = ({ as }: Pick<Part, "as">, value: string) =>
  Prisma.raw(`${as === "people_deducted" ? "-" : ""}${value}`);

/** The UTC day of dated rows. */
export const dayIf = (isDated: boolean, column: string) => (isDated ? Prisma.raw(`, ${column} as day`) : Prisma.empty);

/** ", expression as column" for each; beside the people's own list, all is nobody's. */
export function select(
  columns: readonly (readonly [SeriesColumn, Prisma.Sql])[],
  { as }: Pick<Part, "as">,
): Prisma.Sql {
  if (columns.length === 0) return Prisma.empty;
  const expressions = columns.map(([column, expression]) => {
    const isNobodys = column === "user_id" && as !== "own";
    return Prisma.sql`, ${isNobodys ? Prisma.sql`''` : expression} as ${Prisma.raw(column)}`;
  });
  return Prisma.join(expressions, " ");
}
