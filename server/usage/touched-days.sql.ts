import type { UtcDay } from "@/server/lib/time";
import { type FactTable, stagedSums, staging } from "@/server/usage/window.sql";

/** Days of one stream whose facts were touched. Roll-ups are made from facts alone, so this also rebuilds them. */
export type TouchedDays = {
  orgId: string;
  streamId: number;
  days: readonly UtcDay[];
  /** A table that holds all facts of these days, or their sums: the facts (the default), or those of a window that is being stored. */
  source?: FactTable | StagedTable;
  /** The staged rows are of these days only: nothing has to be picked. */
  isWholeSource?: boolean;
  /** There were no facts of these days before, hence no roll-ups. */
  areNew?: boolean;
};

type StagedTable = (typeof staging)[FactTable] | typeof stagedSums;
const stagingTables: readonly string[] = [...Object.values(staging), stagedSums];

export const isStaged = ({ source }: TouchedDays) => source !== undefined && stagingTables.includes(source);

/** Which rows of the source, as `f`, are of these days. The staged ones are of one org and stream; of the facts, the days are given as a range of the key too. */
export function inTouchedDays(touched: TouchedDays) {
  if (isStaged(touched) && touched.isWholeSource) return "$3::date[] is not null";
  const isDay = "(f.bucket_start at time zone 'UTC')::date = any($3::date[])";
  if (isStaged(touched)) return isDay;
  return `${isDay} and f.org_id = $1 and f.stream_id = $2
          and f.bucket_start >= (select min(d) from unnest($3::date[]) d)::timestamp at time zone 'UTC'
          and f.bucket_start < ((select max(d) from unnest($3::date[]) d) + 1)::timestamp at time zone 'UTC'`;
}

/** $1 to $3 of what picks these days. */
export const parametersOf = ({ orgId, streamId, days }: TouchedDays) => [orgId, streamId, [...days]];
