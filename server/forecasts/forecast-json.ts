import type { ForecastDay, ForecastResult } from "@/server/forecasts/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

/** A forecast for programs. Its names are a promise to scripts: never rename, only add. Amounts are decimal texts. */
export function forecastToJson(result: ForecastResult): JsonValue {
  const { input, range, previousRange, freshness } = result;
  return {
    period: input.period,
    timezone: result.timezone,
    from: range.from,
    to: range.to,
    today: result.today,
    so_far: result.soFar,
    expected: result.expected,
    low: result.low,
    high: result.high,
    previous: { from: previousRange.from, to: previousRange.to, total: result.previousTotal },
    quality: result.quality,
    history_days: result.historyDays,
    gap_days: result.gapDays,
    days: result.days.map(dayToJson),
    as_of: freshness.asOf,
  };
}

const dayToJson = ({ day, state, actual, rest, total, low, high }: ForecastDay) => ({
  day,
  state,
  actual,
  rest,
  total,
  low,
  high,
});
