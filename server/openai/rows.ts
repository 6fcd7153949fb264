import { toDecimalText } from "./decimal-text";
import { type CostDimension, type UsageDimension, type UsageEndpoint, type UsageMeasure, usageStream } from "./streams";

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
  /** Undocumented, but sent: the organization the key belongs to. */
  organizationId: string | null;
  organizationName: string | null;
  extra: Record<string, unknown> | null;
};

export type Fields = Record<string, unknown>;

/** Why a row cannot be used. Rows are read one by one, so that a bad one never stops a sync. */
export class MalformedRow extends Error {}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws MalformedRow */
export function readUsageRow(endpoint: UsageEndpoint, row: unknown): UsageRow {
  if (!isFields(row)) throw new MalformedRow("the row is not an object");
  const { groupings, measures } = usageStream(endpoint);
  const rest = new Map(Object.entries(row));
  rest.delete("object");
  const dimensions: Record<string, string | boolean | null> = {};
  for (const name of groupings[0] ?? []) {
    dimensions[name] = name === "batch" ? readBoolean(name, rest.get(name)) : readText(name, rest.get(name));
    rest.delete(name);
  }
  const counts: UsageRow["measures"] = {};
  for (const name of measures) {
    counts[name] = readCount(name, rest.get(name));
    rest.delete(name);
  }
  return { dimensions: dimensions as UsageRow["dimensions"], measures: counts, extra: known(rest) };
}

const costFields = ["project_id", "user_id", "api_key_id", "line_item", "api_source"] as const;

/** @throws MalformedRow */
export function readCostRow(row: unknown): CostRow {
  if (!isFields(row)) throw new MalformedRow("the row is not an object");
  const { object, amount, quantity, quantity_unit, organization_id, organization_name, ...others } = row;
  if (!isFields(amount)) throw new MalformedRow("amount is not an object");
  const value = toDecimalText(amount.value);
  if (value === null) throw new MalformedRow("amount.value is not a number");
  const rest = new Map(Object.entries(others));
  const dimensions: Partial<CostRow["dimensions"]> = {};
  for (const name of costFields) {
    dimensions[name] = readText(name, rest.get(name));
    rest.delete(name);
  }
  return {
    dimensions: dimensions as CostRow["dimensions"],
    amount: value,
    currency: (readText("amount.currency", amount.currency) ?? "usd").toLowerCase(),
    quantity: readQuantity(quantity),
    quantityUnit: readText("quantity_unit", quantity_unit),
    organizationId: readText("organization_id", organization_id),
    organizationName: readText("organization_name", organization_name),
    extra: known(rest),
  };
}

function known(rest: Map<string, unknown>): Fields | null {
  for (const [name, value] of rest) if (value === null || value === undefined) rest.delete(name);
  return rest.size === 0 ? null : Object.fromEntries(rest);
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
