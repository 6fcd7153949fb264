import { addDecimals } from "@/server/lib/money";
import { storableText } from "@/server/lib/text";
import type { Bucket } from "@/server/openai/pages";
import type { CostRow, UsageRow } from "@/server/openai/rows";
import { measureColumns, measureFields, quantityFields, type UsageEndpoint } from "@/server/usage/measures";
import { type SeriesDimensions, SeriesTable } from "@/server/usage/series";

export type CostFactRow = { bucketStart: number; series: number; amount: string; quantity: string | null };

export type UsageFactRow = {
  bucketStart: number;
  series: number;
  /** In the order of measureColumns; null where the provider gave none. */
  measures: (number | null)[];
  quantity: number | null;
  more: Record<string, number> | null;
};

export type CostFacts = { kind: "costs"; series: SeriesTable; rows: CostFactRow[] };
export type UsageFacts = { kind: "usage"; series: SeriesTable; rows: UsageFactRow[] };

/**
 * Line items read "<model>, <what was billed>": the model is what stands before the last ", ". Others name no model.
 * Source: the costs endpoint's observed values ("gpt-6-astra, input_tokens", "Image models").
 */
export function modelOfLineItem(lineItem: string | null): string | null {
  const end = lineItem?.lastIndexOf(", ") ?? -1;
  return lineItem && end > 0 ? lineItem.slice(0, end) : null;
}

export const emptyCostFacts = (): CostFacts => ({ kind: "costs", series: new SeriesTable(), rows: [] });
export const emptyUsageFacts = (): UsageFacts => ({ kind: "usage", series: new SeriesTable(), rows: [] });

/**
 * Adds a bucket of costs to the facts, which must not hold it yet. Results that differ in nothing we keep are added up:
 * no money is dropped.
 */
export function normaliseCosts({ startTime, results }: Bucket<CostRow>, facts = emptyCostFacts()): CostFacts {
  const add = intoBucket(facts.rows, addCosts);
  for (const result of results) {
    const { project_id, user_id, api_key_id, line_item } = result.dimensions;
    const given = [project_id, user_id, api_key_id, line_item, result.currency, result.quantityUnit];
    const series = facts.series.numberOfGiven(given, () => costDimensions(result));
    add({ bucketStart: startTime * 1000, series, amount: result.amount, quantity: result.quantity });
  }
  return facts;
}

/** Two facts of one series and bucket as one. */
export const addCosts = (a: CostFactRow, b: CostFactRow): CostFactRow => ({
  ...a,
  amount: addDecimals(a.amount, b.amount),
  quantity: addNullable(a.quantity, b.quantity, addDecimals),
});

/** Adds a bucket of usage, with the same promise. A result without any measure says nothing and makes no row. */
export function normaliseUsage(
  endpoint: UsageEndpoint,
  { startTime, results }: Bucket<UsageRow>,
  facts = emptyUsageFacts(),
): UsageFacts {
  const add = intoBucket(facts.rows, addUsage);
  const quantityField = quantityFields[endpoint];
  for (const result of results) {
    const measures = columnFields.map((field) => result.measures[field] ?? null);
    const quantity = quantityField ? (result.measures[quantityField] ?? null) : null;
    const more = otherMeasures(result);
    if (quantity === null && more === null && measures.every((value) => value === null)) continue;
    const series = facts.series.numberOfGiven(Object.values(result.dimensions), () => usageDimensions(result));
    add({ bucketStart: startTime * 1000, series, measures, quantity, more });
  }
  return facts;
}

const columnFields = measureColumns.map((column) => measureFields[column]);

/** Appends facts of one bucket to the rows, a second one of a series by adding it to the first. */
function intoBucket<Row extends { series: number }>(rows: Row[], addUp: (a: Row, b: Row) => Row) {
  const places = new Map<number, number>();
  return (fact: Row) => {
    const place = places.get(fact.series);
    const twin = place === undefined ? undefined : rows[place];
    if (place !== undefined && twin) rows[place] = addUp(twin, fact);
    else places.set(fact.series, rows.push(fact) - 1);
  };
}

const addCounts = (a: number, b: number) => a + b;

/** The same for usage. */
export const addUsage = (a: UsageFactRow, b: UsageFactRow): UsageFactRow => ({
  ...a,
  measures: a.measures.map((value, i) => addNullable(value, b.measures[i] ?? null, addCounts)),
  quantity: addNullable(a.quantity, b.quantity, addCounts),
  more: addNullable(a.more, b.more, (x, y) => {
    const sum = { ...x };
    for (const [field, value] of Object.entries(y)) sum[field] = (sum[field] ?? 0) + value;
    return sum;
  }),
});

const addNullable = <T>(a: T | null, b: T | null, add: (a: T, b: T) => T) =>
  a === null ? b : b === null ? a : add(a, b);

type Measures = Record<string, number>;

const fieldsWithoutColumn = ["input_cache_write_30m_tokens", "input_cache_write_12h_tokens"] as const;

/** Measures without a column of their own, and numbers this version does not know; zeros say nothing there. */
function otherMeasures({ measures, extra }: UsageRow): Measures | null {
  let more: Measures | null = null;
  for (const field of fieldsWithoutColumn) more = withMeasure(more, field, measures[field]);
  if (extra) for (const [field, value] of Object.entries(extra)) more = withMeasure(more, field, value);
  return more;
}

function withMeasure(more: Measures | null, field: string, value: unknown): Measures | null {
  if (typeof value !== "number" || value === 0 || !Number.isFinite(value)) return more;
  return { ...more, [storableText(field)]: value };
}

export const noDimensions: SeriesDimensions = {
  projectId: null,
  userId: null,
  apiKeyId: null,
  model: null,
  lineItem: null,
  batch: null,
  serviceTier: null,
  currency: null,
  quantityUnit: null,
  more: [],
};

function costDimensions(row: CostRow): SeriesDimensions {
  const lineItem = textOrNull(row.dimensions.line_item);
  return {
    ...noDimensions,
    projectId: textOrNull(row.dimensions.project_id),
    userId: textOrNull(row.dimensions.user_id),
    apiKeyId: textOrNull(row.dimensions.api_key_id),
    lineItem,
    model: modelOfLineItem(lineItem),
    currency: textOrNull(row.currency),
    quantityUnit: textOrNull(row.quantityUnit),
  };
}

/** Dimensions with a column of their own; the rest is kept by name. */
const named = new Set(["project_id", "user_id", "api_key_id", "model", "batch", "service_tier"]);

function usageDimensions({ dimensions }: UsageRow): SeriesDimensions {
  const more: [string, string][] = [];
  for (const [name, value] of Object.entries(dimensions)) {
    if (!named.has(name) && typeof value === "string") more.push([name, storableText(value)]);
  }
  return {
    ...noDimensions,
    projectId: textOrNull(dimensions.project_id),
    userId: textOrNull(dimensions.user_id),
    apiKeyId: textOrNull(dimensions.api_key_id),
    model: textOrNull(dimensions.model),
    batch: dimensions.batch ?? null,
    serviceTier: textOrNull(dimensions.service_tier),
    more: more.sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** The empty key means "the provider gave none". */
const textOrNull = (value: string | null | undefined) => (value ? storableText(value.slice(0, 1000)) || null : null);
