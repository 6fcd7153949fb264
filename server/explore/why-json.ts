import type { UnexplainedRow, WhyResult, WhyRow } from "@/server/explore/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

/** A difference taken apart, for programs. Its names are a promise to scripts: never rename, only add. */
export function whyToJson(result: WhyResult): JsonValue {
  const { query, range, previousRange, effects, tokens, movers, freshness } = result;
  return {
    timezone: result.timezone,
    from: range.from,
    to: range.to,
    compare: query.compare,
    previous: previousRange && { from: previousRange.from, to: previousRange.to },
    state: result.state,
    before: result.before,
    after: result.after,
    difference: result.difference,
    effects,
    tokens,
    assumed_tiers: result.assumedTiers,
    not_explained_by_usage: result.unexplained.map(unexplainedToJson),
    movers: Object.fromEntries(Object.entries(movers).map(([dimension, rows]) => [dimension, rows.map(rowToJson)])),
    has_open_day: result.hasOpenDay,
    as_of: freshness.asOf,
  };
}

const unexplainedToJson = ({ lineItem, isOther, before, after, difference }: UnexplainedRow) => ({
  line_item: lineItem,
  is_other: isOther,
  before,
  after,
  difference,
});

const rowToJson = ({ label, count, before, after, difference, effects }: WhyRow) => ({
  key: label?.key ?? null,
  name: label?.name ?? null,
  is_other: label === null,
  count,
  before,
  after,
  difference,
  effects,
});
