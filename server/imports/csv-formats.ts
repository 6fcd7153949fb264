import type { FileFormat, RefusalCode } from "@/server/imports/constants";
import type { Record } from "@/server/imports/csv-file";
import { type Bucket, bucketOfDay, dayBucket, type Entry, idOrNull, usageBucket } from "@/server/imports/entries";
import { costEntries } from "@/server/imports/json-rows";
import { RefusedFile } from "@/server/imports/refusal";
import { toDecimalText } from "@/server/openai/decimal-text";
import { MalformedRow, readUsageRow } from "@/server/openai/rows";
import { usageStream } from "@/server/openai/streams";
import { type UsageEndpoint, usageEndpoints } from "@/server/usage/measures";

/** Measures that only one endpoint has. */
const ownMeasures = new Set<string>(["images", "characters", "seconds", "usage_bytes", "num_sessions"]);

type CsvFormat = { format: FileFormat; read: (record: Record) => Iterable<Entry> };
type Known = { has: readonly string[] } & (CsvFormat | { refusal: RefusalCode });

/** Which columns a file must have to be of a format; the first that fits. */
const known: readonly Known[] = [
  { has: ["amount_value", "start_time"], format: "openai_costs_csv", read: readDashboardCosts },
  { has: ["date", "endpoint_type"], format: "usage_dashboard_csv", read: readUsageDashboard },
  { has: ["project_id", "day", "cost_usd"], format: "cost_cache_csv", read: readCostCache },
  { has: ["project_id", "api_key_id", "day", "metric", "value"], format: "key_usage_cache_csv", read: readKeyUsage },
  { has: ["api_key_id", "key_name"], format: "key_names_csv", read: readKeyName },
  { has: ["spend_usd", "project_id"], refusal: "holds_sums" },
  { has: ["type", "name/id", "cost"], refusal: "holds_sums" },
  ...usageEndpoints.flatMap((endpoint): Known[] => {
    const own = usageStream(endpoint).measures.find((measure) => ownMeasures.has(measure));
    return own
      ? [{ has: ["start_time", own], format: "openai_usage_csv", read: (row) => readDashboardUsage(endpoint, row) }]
      : [];
  }),
  {
    has: ["start_time", "num_model_requests"],
    format: "openai_usage_csv",
    read: (row) => readDashboardUsage("completions", row),
  },
];

/** @throws RefusedFile for a header that is not known, or known for something else */
export function csvFormatOf(header: ReadonlySet<string>): CsvFormat {
  const found = known.find(({ has }) => has.every((column) => header.has(column)));
  // An export of days without any row has nothing but its times.
  if (!found) throw new RefusedFile(header.has("start_time") && header.has("end_time_iso") ? "no_days" : "not_usage");
  if ("refusal" in found) throw new RefusedFile(found.refusal);
  return found;
}

/** The dashboard's export of costs, with the columns of 2025 or 2026. A row without an amount is a day without costs. */
function* readDashboardCosts(record: Record): Generator<Entry> {
  const bucket = dayBucket(secondsOf(record.start_time), secondsOf(record.end_time));
  if (!bucket) throw new MalformedRow("it is not one UTC day");
  yield { kind: "covered", bucket };
  if (!record.amount_value && !record.project_id && !record.user_id && !record.line_item) return;
  if (record.organization_id) yield { kind: "organization", id: record.organization_id };
  const amount = { value: record.amount_value || null, currency: record.amount_currency };
  yield* costEntries({ ...record, amount }, bucket);
}

/** The dashboard's export of one endpoint's usage. */
function* readDashboardUsage(endpoint: UsageEndpoint, record: Record): Generator<Entry> {
  const bucket = usageBucket(secondsOf(record.start_time), secondsOf(record.end_time));
  if (!bucket) throw new MalformedRow("it is neither an hour nor a UTC day");
  yield { kind: "covered", bucket, list: `usage.${endpoint}` };
  if (record.organization_id) yield { kind: "organization", id: record.organization_id };
  yield* usageOf(endpoint, record, bucket);
}

/** Rows of another tool: one per day, endpoint and group, people by their addresses. */
function* readUsageDashboard(record: Record): Generator<Entry> {
  const endpoint = usageEndpoints.find((name) => name === record.endpoint_type);
  if (!endpoint) throw new MalformedRow(`usage of "${record.endpoint_type ?? ""}" is not known here`);
  const bucket = dayOf(record.date);
  yield { kind: "covered", bucket, list: `usage.${endpoint}` };
  yield* usageOf(endpoint, record, bucket);
  yield* nameOf("project", record.project_id, record.project_name);
  yield* nameOf("api_key", record.api_key_id, record.api_key_name);
}

function* usageOf(endpoint: UsageEndpoint, record: Record, bucket: Bucket): Generator<Entry> {
  const { measures } = usageStream(endpoint);
  const counts = measures.map((name) => [name, wholeOf(name, record[name])]);
  if (counts.every(([, value]) => value === null)) return;
  const fields = {
    project_id: idOrNull(record.project_id),
    user_id: idOrNull(record.user_id),
    api_key_id: idOrNull(record.api_key_id),
    model: record.model || null,
    batch: record.batch?.toLowerCase() || null,
    service_tier: record.service_tier || null,
    ...Object.fromEntries(counts),
  };
  const userEmail = fields.user_id ? null : idOrNull(record.user_email);
  yield { kind: "usage", bucket, endpoint, row: { ...readUsageRow(endpoint, fields), extra: null }, userEmail };
}

/** Marks a day as fetched, in the caches. */
const MARKER = "__coverage__";

function* readCostCache(record: Record): Generator<Entry> {
  const bucket = dayOf(record.day);
  yield { kind: "covered", bucket };
  if (record.project_id === MARKER) return;
  yield* costEntries({ project_id: record.project_id, cost: record.cost_usd || null }, bucket);
}

function* readKeyUsage(record: Record): Generator<Entry> {
  const bucket = dayOf(record.day);
  yield { kind: "covered", bucket, list: "usage.completions" };
  const { metric = "" } = record;
  if (metric === MARKER) return;
  const { project_id = "", api_key_id = "" } = record;
  if (!usageStream("completions").measures.some((measure) => measure === metric))
    throw new MalformedRow(`the metric "${metric.slice(0, 60)}" is not known here`);
  if (!record.value) throw new MalformedRow("it has no value");
  yield* usageOf("completions", { project_id, api_key_id, [metric]: record.value }, bucket);
}

function* readKeyName(record: Record): Generator<Entry> {
  if (!record.api_key_id) throw new MalformedRow("it has no api_key_id");
  yield* nameOf("api_key", record.api_key_id, record.key_name);
}

function* nameOf(item: "project" | "api_key", id: string | undefined, name: string | undefined): Generator<Entry> {
  const known = idOrNull(id);
  const called = idOrNull(name);
  if (known && called) yield { kind: "name", item, id: known, name: called, data: {} };
}

/** Unix seconds as milliseconds. @throws MalformedRow */
function secondsOf(text: string | undefined): number {
  const seconds = Number(toDecimalText(text) ?? Number.NaN);
  if (!Number.isSafeInteger(seconds) || seconds < 1_577_836_800 || seconds > 4_102_444_800)
    throw new MalformedRow("start_time and end_time are not seconds between 2020 and 2100");
  return seconds * 1000;
}

/** @throws MalformedRow */
function dayOf(text: string | undefined): Bucket {
  const bucket = bucketOfDay(text ?? "");
  if (!bucket) throw new MalformedRow("its day is not a calendar day such as 2026-10-01");
  return bucket;
}

/** Spreadsheets write counts as 10.0. @throws MalformedRow */
function wholeOf(name: string, text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const count = Number(toDecimalText(text) ?? Number.NaN);
  if (!Number.isSafeInteger(count)) throw new MalformedRow(`${name} is not a whole number`);
  return count;
}
