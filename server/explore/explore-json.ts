import type { ExploreGroup, ExploreResult } from "@/server/explore/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

/** An answer for programs. Its names are a promise to scripts: never rename, only add. Amounts are decimal texts. */
export function exploreToJson(result: ExploreResult): JsonValue {
  const { query, buckets, totals, freshness } = result;
  return {
    measure: query.measure,
    group_by: query.groupBy,
    granularity: query.granularity,
    timezone: result.timezone,
    from: query.range.from,
    to: query.range.to,
    buckets: buckets.map(({ start, state }) => ({ start, state })),
    total: totals.value,
    totals: totals.values,
    groups: result.groups.map((group) => ({ ...groupToJson(group), ...comparedGroup(result, group) })),
    group_count: result.groupCount,
    ...(result.undivided === null ? {} : { undivided: result.undivided }),
    ...comparison(result),
    as_of: freshness.asOf,
    complete: buckets.every(({ state }) => state === "known"),
    missing: freshness.missing,
    problems: freshness.problems.map(({ connectionId, connectionName, stream, code }) => ({
      connection_id: connectionId,
      connection_name: connectionName,
      stream,
      code,
    })),
  };
}

const groupToJson = ({ kind, labels, total, values }: ExploreGroup) => ({
  kind,
  keys: Object.fromEntries(labels.map(({ dimension, key }) => [dimension, key])),
  names: Object.fromEntries(labels.map(({ dimension, name }) => [dimension, name])),
  total,
  values,
});

const comparedGroup = ({ previousRange }: ExploreResult, { previousTotal }: ExploreGroup) =>
  previousRange ? { previous_total: previousTotal } : {};

const comparison = ({ previousRange, totals }: ExploreResult) =>
  previousRange
    ? { previous: { ...previousRange, total: totals.previous, totals: totals.previousValues, change: totals.change } }
    : {};
