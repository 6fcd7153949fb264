import { secondsPerDay } from "./clock";
import { callsUntil, endOf, partAt, planDay } from "./generate/cells";
import type { CostGrouping } from "./generate/cost-groups";
import { costsOfDay } from "./generate/costs";
import { endpoints, type UsageEndpoint } from "./generate/endpoints";
import type { DimensionName } from "./generate/series";
import { formatMoney, type Money } from "./money";
import type { Organization } from "./org/types";

export interface TruthRange {
  /** Unix seconds, inclusive; costs use the whole UTC days touched. */
  from: number;
  /** Unix seconds, exclusive. */
  to: number;
  now: number;
}

export interface CostTruth {
  group: Record<string, string | null>;
  currency: string;
  /** Exact, 30 decimals. */
  amount: string;
}

/**
 * Exact cost totals of a range, grouped by any fields: what the sum of all pages of the costs endpoint must come to.
 * Ignores the switches that change only how the API shows its figures. Sorted by group for comparing.
 */
export function costTruth(org: Organization, range: TruthRange, groupBy: readonly CostGrouping[]): CostTruth[] {
  const totals = new Map<string, { group: Record<string, string | null>; currency: string; sum: Money }>();
  const lastDay = Math.ceil(range.to / secondsPerDay);
  for (let day = Math.floor(range.from / secondsPerDay); day < lastDay; day += 1) {
    for (const { dimensions, value } of costsOfDay(org, day, range.now)) {
      const group = Object.fromEntries(groupBy.map((name) => [name, dimensions[name]]));
      const key = JSON.stringify([dimensions.currency, group]);
      const total = totals.get(key) ?? { group, currency: dimensions.currency, sum: 0n };
      total.sum += value;
      totals.set(key, total);
    }
  }
  return sortedByKey(totals).map(({ group, currency, sum }) => ({ group, currency, amount: formatMoney(sum) }));
}

export interface UsageTruth {
  group: Record<string, string | boolean | null>;
  measures: Record<string, number>;
}

/**
 * Exact usage totals of a range, to the minute, grouped by any fields. Counts series by series from the generator's
 * cells, not through the bucket reader that answers the API.
 */
export function usageTruth(
  org: Organization,
  endpoint: UsageEndpoint,
  query: TruthRange & { groupBy: readonly DimensionName[] },
): UsageTruth[] {
  const { measures, partCount } = endpoints[endpoint];
  const totals = new Map<string, { group: Record<string, string | boolean | null>; parts: number[] }>();
  const series = org.series.filter((item) => item.endpoint === endpoint);
  for (
    let day = Math.floor(query.from / secondsPerDay);
    day * secondsPerDay < Math.min(query.to, query.now);
    day += 1
  ) {
    if (day < org.firstDay) continue;
    const plan = planDay(org, endpoint, { day, series, withCurves: true });
    series.forEach((item, index) => {
      const midnight = day * secondsPerDay;
      const end = Math.min(query.to, endOf(org, item, query.now)) - midnight;
      const calls = plan.totals[index * partCount] ?? 0;
      const first = callsUntil(plan, index, query.from - midnight);
      const last = callsUntil(plan, index, end);
      if (last <= first) return;
      const group = Object.fromEntries(query.groupBy.map((name) => [name, item.dimensions[name]]));
      const key = JSON.stringify(group);
      const total = totals.get(key) ?? { group, parts: Array.from({ length: partCount }, () => 0) };
      total.parts[0] = (total.parts[0] ?? 0) + last - first;
      for (let part = 1; part < partCount; part += 1) {
        const whole = plan.totals[index * partCount + part] ?? 0;
        total.parts[part] = (total.parts[part] ?? 0) + partAt(whole, last, calls) - partAt(whole, first, calls);
      }
      totals.set(key, total);
    });
  }
  return sortedByKey(totals).map(({ group, parts }) => {
    const sums = measures.map((measure) => [
      measure.name,
      measure.parts.reduce((sum, part) => sum + (parts[part] ?? 0), 0),
    ]);
    return { group, measures: Object.fromEntries(sums) };
  });
}

function sortedByKey<Value>(map: ReadonlyMap<string, Value>): Value[] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
}
