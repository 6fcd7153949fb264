import type { ExploreMeasure } from "@/server/explore/constants";
import { type UsageMeasure, usageStream } from "@/server/openai/streams";
import { measureColumns, type MeasureColumn, quantityFields, usageEndpoints } from "@/server/usage/measures";
import { measureFields } from "@/server/usage/measures";

/** The provider's fields of what has no column of its own: the endpoints' own units share one. */
const quantities = {
  images: "images",
  characters: "characters",
  seconds: "seconds",
  sessions: "num_sessions",
  bytes: "usage_bytes",
  calls: "num_requests",
} as const satisfies Partial<Record<ExploreMeasure, UsageMeasure>>;

export type UsageMeasureName = Exclude<ExploreMeasure, "cost">;

const isQuantity = (measure: UsageMeasureName): measure is keyof typeof quantities => measure in quantities;

export type FactColumn = MeasureColumn | "quantity";

/** Which column of usage facts holds a measure. */
export function columnOf(measure: UsageMeasureName): FactColumn {
  const column = measureColumns.find((candidate) => candidate === measure);
  return column ?? "quantity";
}

/** The lists that tell a measure: those of the endpoints that count it. */
export function usageStreamsOf(measure: UsageMeasureName): string[] {
  const counts = (endpoint: (typeof usageEndpoints)[number]) => {
    if (isQuantity(measure)) return quantityFields[endpoint] === quantities[measure];
    const column = measureColumns.find((candidate) => candidate === measure);
    return column !== undefined && usageStream(endpoint).measures.includes(measureFields[column]);
  };
  return usageEndpoints.filter(counts).map((endpoint) => `usage.${endpoint}`);
}

/** Columns that the sums by day and month have too. */
const summedColumns: readonly FactColumn[] = [
  "requests",
  "input_tokens",
  "input_cached_tokens",
  "output_tokens",
  "quantity",
];

export const isSummed = (column: FactColumn) => summedColumns.includes(column);
