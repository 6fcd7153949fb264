import type { OrgScope } from "@/server/auth/scope";
import { Names } from "@/server/exports/names";
import {
  type CostFactRow,
  type ListedStream,
  listedStreams,
  readCostFacts,
  readUsageFacts,
  type UsageFactRow,
} from "@/server/exports/read-facts.sql";
import type { FactsStream } from "@/server/exports/schema";
import {
  type Cell,
  count,
  decimal,
  type ExportColumn,
  type ExportTable,
  plainMoney,
  text,
} from "@/server/exports/table";
import { type UsageDimension, type UsageMeasure, usageStream } from "@/server/openai/streams";
import { measureColumns, measureFields, quantityFields, type UsageEndpoint } from "@/server/usage/measures";
import type { DayRange } from "@/server/usage/schema";

/** A column and what stands in it. */
type Field<Row> = ExportColumn & { value: (row: Row, stream: ListedStream, names: Names) => Cell };

type Read<Row> = (scope: OrgScope, stream: ListedStream, range: DayRange) => AsyncIterable<Row[]>;

/** Every stored fact of a list, with every dimension and the directory's names. */
export function factsTable(scope: OrgScope, stream: FactsStream, range: DayRange): ExportTable {
  const question = { scope, stream, range };
  if (stream === "costs.project" || stream === "costs.user") {
    const who = stream === "costs.user" ? userFields : projectFields;
    return tableOf(question, [...sourceFields, day, ...who, ...costFields], readCostFacts);
  }
  const endpoint = stream.slice("usage.".length) as UsageEndpoint;
  return tableOf(question, [...sourceFields, ...bucketFields, ...usageFields(endpoint)], readUsageFacts);
}

type Question = { scope: OrgScope; stream: FactsStream; range: DayRange };

function tableOf<Row extends CostFactRow | UsageFactRow>(
  question: Question,
  fields: readonly Field<Row>[],
  read: Read<Row>,
): ExportTable {
  return {
    columns: fields.map(({ name, kind }) => ({ name, kind })),
    pages: pagesOf(question, fields, read),
    money: question.stream.startsWith("costs.") ? plainMoney : null,
  };
}

async function* pagesOf<Row extends CostFactRow | UsageFactRow>(
  { scope, stream, range }: Question,
  fields: readonly Field<Row>[],
  read: Read<Row>,
) {
  const names = new Names(scope);
  for (const listed of await listedStreams(scope, stream)) {
    for await (const rows of read(scope, listed, range)) {
      await names.learn(rows);
      yield rows.map((row) => fields.map(({ value }) => value(row, listed, names)));
    }
  }
}

type AnyRow = CostFactRow | UsageFactRow;

/** To the second, as the specification of FOCUS writes instants, too. */
export const instant = (at: Date) => `${at.toISOString().slice(0, 19)}Z`;

const sourceFields: Field<AnyRow>[] = [
  { ...text("connection_id"), value: (_, { connectionId }) => connectionId },
  { ...text("connection_name"), value: (_, { connectionName }) => connectionName },
  { ...text("openai_org_id"), value: (_, { openaiOrgId }) => openaiOrgId },
];

const day: Field<AnyRow> = { name: "day", kind: "day", value: ({ at }) => at.toISOString().slice(0, 10) };

const bucketFields: Field<AnyRow>[] = [
  { name: "bucket_start", kind: "instant", value: ({ at }) => instant(at) },
  { ...text("bucket_width"), value: ({ bucketWidth }) => bucketWidth },
];

const project: Field<AnyRow>[] = [
  { ...text("project_id"), value: ({ projectId }) => projectId },
  { ...text("project_name"), value: ({ projectId }, _, names) => names.of("project", projectId) },
];

const apiKey: Field<AnyRow>[] = [
  { ...text("api_key_id"), value: ({ apiKeyId }) => apiKeyId },
  { ...text("api_key_name"), value: ({ apiKeyId }, _, names) => names.of("api_key", apiKeyId) },
];

const userFields: Field<AnyRow>[] = [
  { ...text("user_id"), value: ({ userId }) => userId },
  { ...text("user_name"), value: ({ userId }, _, names) => names.of("user", userId) },
];

const projectFields = [...project, ...apiKey];

const costFields: Field<CostFactRow>[] = [
  { ...text("line_item"), value: ({ lineItem }) => lineItem },
  { ...text("model"), value: ({ model }) => model },
  { ...text("currency"), value: ({ currency }) => currency },
  { ...decimal("amount"), value: ({ amount }) => amount },
  { ...decimal("quantity"), value: ({ quantity }) => quantity },
  { ...text("quantity_unit"), value: ({ quantityUnit }) => quantityUnit },
];

const dimensionFields: Partial<Record<UsageDimension, Field<AnyRow>[]>> = {
  project_id: project,
  user_id: userFields,
  api_key_id: apiKey,
  model: [{ ...text("model"), value: ({ model }) => model }],
  batch: [{ name: "batch", kind: "boolean", value: ({ batch }) => batch }],
  service_tier: [{ ...text("service_tier"), value: ({ serviceTier }) => serviceTier }],
};

/** Dimensions without a column of their own are kept by name. */
const rareDimension = (name: string): Field<AnyRow>[] => [
  { ...text(name), value: ({ moreDimensions }) => moreDimensions?.[name] ?? null },
];

function usageFields(endpoint: UsageEndpoint): Field<UsageFactRow>[] {
  const { groupings, measures } = usageStream(endpoint);
  const dimensions = (groupings[0] ?? []).flatMap((name) => dimensionFields[name] ?? rareDimension(name));
  const counts = measures.map((measure) => ({ ...count(measure), value: countOf(endpoint, measure) }));
  const others = (row: UsageFactRow) => without(row.more, measures);
  return [...dimensions, ...counts, { name: "other_measures", kind: "object", value: others }];
}

/** Where a measure of an endpoint is kept: a column, the endpoint's own unit, or by name, where zeros are left out. */
function countOf(endpoint: UsageEndpoint, measure: UsageMeasure): (row: UsageFactRow) => bigint | null {
  const column = measureColumns.find((name) => measureFields[name] === measure);
  if (column) return (row) => row[column];
  if (measure === quantityFields[endpoint]) return ({ quantity }) => quantity;
  return ({ more, input_cache_write_tokens: written }) => {
    const kept = more?.[measure];
    return kept === undefined ? (written === null ? null : 0n) : BigInt(kept);
  };
}

/** What this version does not know by name; null for nothing. */
function without(more: Record<string, number> | null, measures: readonly string[]): Record<string, number> | null {
  const rest = Object.entries(more ?? {}).filter(([name]) => !measures.includes(name));
  return rest.length > 0 ? Object.fromEntries(rest) : null;
}
