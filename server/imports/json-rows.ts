import type { Bucket, CostEntry, Entry, NameEntry, UsageEntry } from "@/server/imports/entries";
import { idOrNull } from "@/server/imports/entries";
import { modelOfExportedLine } from "@/server/imports/model-of-line";
import { toDecimalText } from "@/server/openai/decimal-text";
import { type Fields, isFields, MalformedRow, readUsageRow } from "@/server/openai/rows";
import { type UsageEndpoint, usageEndpoints } from "@/server/usage/measures";

const usageObject = /^organization\.usage\.(\w+)\.result$/;

/** The usage endpoint that a result says it is of; null for costs. @throws MalformedRow for one that is not known */
export function endpointOf(row: Fields): UsageEndpoint | null {
  const name = usageObject.exec(typeof row.object === "string" ? row.object : "")?.[1];
  if (!name) return null;
  const endpoint = usageEndpoints.find((known) => known === name);
  if (!endpoint) throw new MalformedRow(`usage of ${name} is not known here`);
  return endpoint;
}

/** The results of a bucket of the provider's usage endpoints. */
export function* usageEntries(endpoint: UsageEndpoint, row: Fields, bucket: Bucket): Generator<Entry> {
  const { extra: _names, ...known } = readUsageRow(endpoint, row);
  yield { kind: "usage", bucket, endpoint, row: { ...known, extra: null }, userEmail: null };
  yield* namesIn(row);
}

/**
 * A result of costs in any of the shapes that exports have had: `amount: {value, currency}`, `cost` or `cost_usd`;
 * `line_item` or `model`; with counts of tokens and requests or without. @throws MalformedRow
 */
export function* costEntries(row: Fields, bucket: Bucket): Generator<Entry> {
  const money = isFields(row.amount) ? row.amount : { value: row.amount ?? row.cost ?? row.cost_usd };
  const amount = toDecimalText(money.value);
  if (amount === null) throw new MalformedRow(wrongAmount(row, money.value));
  const model = text(row, "model");
  const lineItem = text(row, "line_item") ?? model;
  const entry: CostEntry = {
    kind: "cost",
    bucket,
    projectId: idOrNull(text(row, "project_id")),
    userId: idOrNull(text(row, "user_id")),
    userEmail: idOrNull(text(row, "user_email")),
    apiKeyId: idOrNull(text(row, "api_key_id")),
    lineItem,
    model: model ?? modelOfExportedLine(lineItem),
    amount,
    currency: (text(money, "currency") ?? "usd").toLowerCase(),
    quantity: quantityOf(row.quantity),
    quantityUnit: text(row, "quantity_unit"),
  };
  yield entry;
  const usage = usageBeside(row, entry);
  if (usage) yield usage;
  yield* namesIn(row);
}

function wrongAmount(row: Fields, value: unknown): string {
  if (value === undefined || value === null) return "it has no amount";
  return `${isFields(row.amount) ? "amount.value" : "its amount"} is not a number`;
}

function quantityOf(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  const quantity = toDecimalText(value);
  if (quantity === null) throw new MalformedRow("quantity is not a number");
  return quantity;
}

/** Old exports have requests and tokens in the rows of costs. */
function usageBeside(row: Fields, { bucket, projectId, userId, apiKeyId, model, userEmail }: CostEntry) {
  const tokens = isFields(row.usage) ? row.usage : {};
  const measures = {
    num_model_requests: count(row, "n_requests") ?? count(row, "requests"),
    input_tokens: count(tokens, "prompt_tokens") ?? count(row, "context_tokens_total"),
    output_tokens: count(tokens, "completion_tokens") ?? count(row, "generated_tokens_total"),
  };
  if (Object.values(measures).every((value) => value === null)) return null;
  const operation = text(row, "operation") ?? "";
  const dimensions = { project_id: projectId, user_id: userId, api_key_id: apiKeyId, model };
  const entry: UsageEntry = {
    kind: "usage",
    bucket,
    endpoint: operation.startsWith("embedding") ? "embeddings" : "completions",
    row: { dimensions, measures, extra: null },
    userEmail,
  };
  return entry;
}

/** Names that exports write beside the ids. */
function* namesIn(row: Fields): Generator<NameEntry> {
  const projectId = idOrNull(text(row, "project_id"));
  const projectName = text(row, "project_name");
  if (projectId && projectName) yield { kind: "name", item: "project", id: projectId, name: projectName, data: {} };
  const userId = idOrNull(text(row, "user_id"));
  const email = text(row, "user_email");
  if (userId && email) yield { kind: "name", item: "user", id: userId, name: null, data: { email } };
}

/** A field that may be missing. @throws MalformedRow */
export function text(row: Fields, name: string): string | null {
  const value = row[name];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string") throw new MalformedRow(`${name} is not a text`);
  return value;
}

/** A count, as a number or as text. @throws MalformedRow */
function count(row: Fields, name: string): number | null {
  const value = row[name];
  if (value === undefined || value === null || value === "") return null;
  const number = Number(toDecimalText(value) ?? Number.NaN);
  if (!Number.isSafeInteger(number)) throw new MalformedRow(`${name} is not a whole number`);
  return number;
}

/** Ids that the provider gives are some 30 characters long. */
export const LONGEST_ID = 300;

/** The provider's objects are a few deep. */
const DEEPEST = 20;

const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner)));

/** An object of the provider's directory, or a person of a list of people; null for anything else. */
export function nameOf(item: unknown): NameEntry | null {
  if (!isFields(item) || typeof item.id !== "string" || item.id === "" || item.id.length > LONGEST_ID) return null;
  if (isDeeperThan(DEEPEST, item)) return null;
  const name = typeof item.name === "string" && item.name !== "" ? item.name : null;
  const { object } = item;
  if (object === "organization.project") return { kind: "name", item: "project", id: item.id, name, data: item };
  if (object === "organization.project.api_key")
    return { kind: "name", item: "api_key", id: item.id, name, data: item };
  const isPerson = object === "organization.user" || (object === undefined && typeof item.email === "string");
  return isPerson ? { kind: "name", item: "user", id: item.id, name, data: item } : null;
}
