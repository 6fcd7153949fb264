import { secondsPerDay } from "../clock";
import type { Money } from "../money";
import type { Organization } from "../org/types";
import { callsUntil, endOf, firstStop, partAt, planDay } from "./cells";
import { extraEntries, restateEntries } from "./cost-adjustments";
import { endpoints, usageEndpoints } from "./endpoints";
import { gibibyte, priceSeries } from "./pricing";
import type { Series } from "./series";

export interface CostDimensions {
  project_id: string | null;
  user_id: string | null;
  api_key_id: string | null;
  line_item: string;
  api_source: string | null;
  currency: string;
  /** Unit of the quantity; not a dimension of its own, it follows from the line item. */
  unit: string | null;
}

export interface CostEntry {
  /** Shared by all entries of one line of a series, so that it can be compared by identity. */
  dimensions: CostDimensions;
  value: Money;
  quantity: number;
}

/** The bill of one UTC day up to `now`, one entry per priced part of a series. The same entries feed every grouping. */
export function costsOfDay(org: Organization, day: number, now: number): CostEntry[] {
  if (day < org.firstDay || day * secondsPerDay >= now) return [];
  const entries: CostEntry[] = [];
  const dayEnd = (day + 1) * secondsPerDay;
  const isWhole = dayEnd <= Math.min(now, firstStop(org));
  for (const endpoint of usageEndpoints) {
    const { partCount } = endpoints[endpoint];
    const series = seriesOf(org, endpoint);
    const plan = planDay(org, endpoint, { day, series, withCurves: !isWhole });
    for (let index = 0; index < series.length; index += 1) {
      const item = series[index];
      const calls = plan.totals[index * partCount] ?? 0;
      if (!item || calls === 0) continue;
      const seen = isWhole ? calls : callsUntil(plan, index, endOf(org, item, now) - day * secondsPerDay);
      if (seen === 0) continue;
      for (const { part, price, dimensions } of linesOf(item)) {
        const amount = partAt(plan.totals[index * partCount + part] ?? 0, seen, calls);
        if (amount === 0) continue;
        const quantity = dimensions.unit === "gibibyte_hours" ? (amount * 24) / gibibyte : amount;
        entries.push({ dimensions, value: BigInt(amount) * price, quantity });
      }
    }
  }
  entries.push(...extraEntries(org, day));
  return restateEntries(org, day, entries);
}

const seriesByEndpoint = new WeakMap<readonly Series[], Map<string, Series[]>>();

/** The series of one endpoint, in their order. */
function seriesOf(org: Organization, endpoint: string): readonly Series[] {
  let index = seriesByEndpoint.get(org.series);
  if (!index) {
    index = new Map(usageEndpoints.map((name) => [name, org.series.filter((item) => item.endpoint === name)]));
    seriesByEndpoint.set(org.series, index);
  }
  return index.get(endpoint) ?? [];
}

interface CostLine {
  part: number;
  price: Money;
  dimensions: CostDimensions;
}

const linesBySeries = new WeakMap<Series, CostLine[]>();

function linesOf(series: Series): CostLine[] {
  let lines = linesBySeries.get(series);
  if (!lines) {
    const { project_id, user_id, api_key_id, api_source } = series.dimensions;
    lines = priceSeries(series).map(({ part, price, lineItem, unit }) => ({
      part,
      price,
      dimensions: { project_id, user_id, api_key_id, line_item: lineItem, api_source, currency: "usd", unit },
    }));
    linesBySeries.set(series, lines);
  }
  return lines;
}
