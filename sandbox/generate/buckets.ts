import { secondsPerDay } from "../clock";
import type { Organization } from "../org/types";
import { callsUntil, type DayPlan, endOf, firstStop, partAt, planDay } from "./cells";
import { endpoints, type UsageEndpoint } from "./endpoints";
import type { DimensionName, Dimensions, Series } from "./series";

export type Filters = ReadonlyMap<DimensionName, ReadonlySet<string>>;

export interface UsageQuery {
  endpoint: UsageEndpoint;
  groupBy: readonly DimensionName[];
  filters: Filters;
  now: number;
}

/** The series a query sees and the group each one belongs to. */
export interface Grouping {
  series: readonly Series[];
  groupOf: Int32Array;
  /** One representative per group; its grouped dimensions name the group. */
  groups: readonly Dimensions[];
}

export function groupSeries(org: Organization, query: UsageQuery): Grouping {
  const series = org.series.filter(
    (item) => item.endpoint === query.endpoint && passes(item.dimensions, query.filters),
  );
  const groupOf = new Int32Array(series.length);
  const groups: Dimensions[] = [];
  const known = new Map<string, number>();
  series.forEach((item, index) => {
    const key = JSON.stringify(query.groupBy.map((name) => item.dimensions[name]));
    let group = known.get(key);
    if (group === undefined) {
      group = groups.push(item.dimensions) - 1;
      known.set(key, group);
    }
    groupOf[index] = group;
  });
  return { series, groupOf, groups };
}

export function passes(dimensions: Dimensions, filters: Filters): boolean {
  for (const [name, wanted] of filters) {
    const value = dimensions[name];
    if (value === null || !wanted.has(String(value))) return false;
  }
  return true;
}

/** Adds up buckets one after the other, planning each day once. */
export class BucketReader {
  private readonly ends: Float64Array;
  private readonly partCount: number;
  /** Whole days up to here need no look at single series. */
  private readonly wholeUntil: number;
  private plan: DayPlan | null = null;

  constructor(
    private readonly org: Organization,
    private readonly query: UsageQuery,
    private readonly grouping: Grouping,
  ) {
    this.ends = Float64Array.from(grouping.series, (item) => endOf(org, item, query.now));
    this.wholeUntil = Math.min(query.now, firstStop(org));
    this.partCount = endpoints[query.endpoint].partCount;
  }

  /** Adds the parts of [start, end), which must lie within one UTC day, to `sums` (group x part). */
  add(sums: Float64Array, start: number, end: number): void {
    const day = Math.floor(start / secondsPerDay);
    if (day < this.org.firstDay || start >= this.query.now) return;
    const midnight = day * secondsPerDay;
    const from = start - midnight;
    const isWholeDay = end - start === secondsPerDay && end <= this.wholeUntil;
    const plan = this.planFor(day, !isWholeDay);
    const { partCount } = this;
    for (let index = 0; index < plan.series.length; index += 1) {
      const calls = plan.totals[index * partCount] ?? 0;
      if (calls === 0) continue;
      const limit = (this.ends[index] ?? 0) - midnight;
      const first = from === 0 ? 0 : callsUntil(plan, index, Math.min(from, limit));
      const last = isWholeDay ? calls : callsUntil(plan, index, Math.min(end - midnight, limit));
      if (last <= first) continue;
      const group = (this.grouping.groupOf[index] ?? 0) * partCount;
      sums[group] = (sums[group] ?? 0) + last - first;
      for (let part = 1; part < partCount; part += 1) {
        const total = plan.totals[index * partCount + part] ?? 0;
        if (total === 0) continue;
        const amount = partAt(total, last, calls) - partAt(total, first, calls);
        sums[group + part] = (sums[group + part] ?? 0) + amount;
      }
    }
  }

  private planFor(day: number, withCurves: boolean): DayPlan {
    if (this.plan?.day === day && (!withCurves || this.plan.curves.length > 0)) return this.plan;
    this.plan = planDay(this.org, this.query.endpoint, { day, series: this.grouping.series, withCurves });
    return this.plan;
  }
}
