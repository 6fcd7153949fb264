import { toDecimalText } from "./decimal-text";
import {
  type CostDimension,
  type UsageDimension,
  type UsageEndpoint,
  type UsageMeasure,
  usageStream,
  usageStreams,
} from "./streams";

/** One result of a usage bucket. What the provider did not say is null, which is not zero. */
export type UsageRow = {
  dimensions: Partial<Record<Exclude<UsageDimension, "batch">, string | null>> & { batch?: boolean | null };
  measures: Partial<Record<UsageMeasure, number | null>>;
  /** Fields this version does not know, as they came; null when there are none. */
  extra: Record<string, unknown> | null;
};

/** One result of a costs bucket. Amounts are plain decimal texts with every digit the provider gave. */
export type CostRow = {
  dimensions: Record<CostDimension, string | null>;
  amount: string;
  /** Lower case, "usd" so far. */
  currency: string;
  quantity: string | null;
  quantityUnit: string | null;
};

export type Fields = Record<string, unknown>;

/** Why a row cannot be used. Rows are read one by one, so that a bad one never stops a sync. */
export class MalformedRow extends Error {}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type UsageFields = {
  dimensions: readonly UsageDimension[];
  measures: readonly UsageMeasure[];
  known: ReadonlySet<string>;
  /** Copied and filled: an object that grows field by field takes several times as long. */
  noDimensions: UsageRow["dimensions"];
  noMeasures: UsageRow["measures"];
};

/** Names that have a place of their own in the row of each endpoint. A back-fill reads a million rows: made once. */
const usageFields = Object.fromEntries(
  (Object.keys(usageStreams) as UsageEndpoint[]).map((endpoint) => [endpoint, fieldsOf(endpoint)]),
) as Record<UsageEndpoint, UsageFields>;

function fieldsOf(endpoint: UsageEndpoint): UsageFields {
  const { groupings, measures } = usageStream(endpoint);
  const dimensions = groupings[0] ?? [];
  const known = new Set<string>(["object", ...dimensions, ...measures]);
  return { dimensions, measures, known, noDimensions: nulls(dimensions), noMeasures: nulls(measures) };
}

function nulls(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

/** @throws MalformedRow */
export function readUsageRow(endpoint: UsageEndpoint, row: unknown): UsageRow {
  if (!isFields(row)) throw new MalformedRow("the row is not an object");
  const fields = usageFields[endpoint];
  const dimensions = { ...fields.noDimensions };
  for (const name of fields.dimensions) {
    if (name === "batch") dimensions.batch = readBoolean(name, row[name]);
    else dimensions[name] = readText(name, row[name]);
  }
  const measures = { ...fields.noMeasures };
  for (const name of fields.measures) measures[name] = readCount(name, row[name]);
  return { dimensions, measures, extra: unknownFields(row, fields.known) };
}

/** @throws MalformedRow */
export function readCostRow(row: unknown): CostRow {
  if (!isFields(row)) throw new MalformedRow("the row is not an object");
  const { amount } = row;
  if (!isFields(amount)) throw new MalformedRow("amount is not an object");
  const value = toDecimalText(amount.value);
  if (value === null) throw new MalformedRow("amount.value is not a number");
  return {
    dimensions: {
      project_id: readText("project_id", row.project_id),
      user_id: readText("user_id", row.user_id),
      api_key_id: readText("api_key_id", row.api_key_id),
      line_item: readText("line_item", row.line_item),
      api_source: readText("api_source", row.api_source),
    },
    amount: value,
    currency: (readText("amount.currency", amount.currency) ?? "usd").toLowerCase(),
    quantity: readQuantity(row.quantity),
    quantityUnit: readText("quantity_unit", row.quantity_unit),
  };
}

/** Fields with a value that have no place of their own; null when there are none. */
function unknownFields(row: Fields, known: ReadonlySet<string>): Fields | null {
  let extra: [string, unknown][] | null = null;
  for (const name of Object.keys(row)) {
    const value = known.has(name) ? null : row[name];
    if (value !== null && value !== undefined) (extra ??= []).push([name, value]);
  }
  return extra && Object.fromEntries(extra);
}

function readText(name: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") throw new MalformedRow(`${name} is not a text`);
  return value;
}

function readBoolean(name: string, value: unknown): boolean | null {
  if (value === null || value === undefined) return null;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new MalformedRow(`${name} is neither true nor false`);
}

function readCount(name: string, value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(count)) throw new MalformedRow(`${name} is not a whole number`);
  return count as number;
}

function readQuantity(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const quantity = toDecimalText(value);
  if (quantity === null) throw new MalformedRow("quantity is not a number");
  return quantity;
}
