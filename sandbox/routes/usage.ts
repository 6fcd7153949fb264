import { BucketReader, type Filters, groupSeries, type UsageQuery } from "../generate/buckets";
import { type EndpointDefinition, endpoints, type UsageEndpoint, usageEndpoints } from "../generate/endpoints";
import type { DimensionName, Dimensions } from "../generate/series";
import { badRequest } from "../http/errors";
import { invalidValue, type Query } from "../http/query";
import { type Call, get, JsonText, type Route } from "../http/router";
import { newModelName, renamedModel, type Switches } from "../switches";
import { type BucketWidth, pageText, readWindow, usageWidths } from "./bucket-window";
import { readGroupBy } from "./group-by";

export const usageRoutes: Route[] = usageEndpoints.map((endpoint) =>
  get(`/organization/usage/${endpoint}`, (call) => usagePage(call, endpoint), "api.usage.read"),
);

function usagePage(call: Call, endpoint: UsageEndpoint): JsonText {
  const definition = endpoints[endpoint];
  const width = call.query.oneOf<BucketWidth>("bucket_width", ["1m", "1h", "1d"], "1d");
  const window = readWindow(call, usageWidths[width]);
  const wanted = readGroupBy(call.query, definition.groupBy);
  const { switches } = call.sandbox;
  const groupBy = switches.nullDimensionsFor.includes(endpoint) ? [] : wanted;
  const query: UsageQuery = { endpoint, groupBy, filters: readFilters(call.query, definition), now: call.now };
  const grouping = groupSeries(call.org, query);
  const reader = new BucketReader(call.org, query, grouping);
  const heads = grouping.groups.map((group) => rowHead(definition, { groupBy, group }, switches));
  const sums = new Float64Array(grouping.groups.length * definition.partCount);
  const bucket = (start: number): string => {
    sums.fill(0);
    reader.add(sums, start, start + window.seconds);
    return writeRows(definition, heads, sums);
  };
  return new JsonText(pageText(window, bucket));
}

const closedFilters: Readonly<Record<string, readonly string[]>> = {
  sources: ["image.generation", "image.edit", "image.variation"],
  sizes: ["256x256", "512x512", "1024x1024", "1792x1792", "1024x1792"],
  context_levels: ["low", "medium", "high"],
};

function readFilters(query: Query, definition: EndpointDefinition): Filters {
  const filters = new Map<DimensionName, ReadonlySet<string>>();
  for (const [parameter, dimension] of Object.entries(definition.filters)) {
    if (parameter === "batch") {
      const batch = query.boolean("batch");
      if (batch !== null) filters.set(dimension, new Set([String(batch)]));
      continue;
    }
    const values = query.list(parameter);
    if (values.length > 0) filters.set(dimension, new Set(values.map((value) => checkClosed(parameter, value))));
  }
  for (const parameter of ["user_ids", "api_key_ids", "models", "batch"]) {
    if (!(parameter in definition.filters) && query.list(parameter).length > 0) {
      throw badRequest(`Unknown parameter: '${parameter}'.`, parameter, "unknown_parameter");
    }
  }
  return filters;
}

function checkClosed(parameter: string, value: string): string {
  const allowed = closedFilters[parameter];
  if (allowed && !allowed.includes(value)) throw invalidValue(parameter, value, allowed);
  return value;
}

interface RowIdentity {
  groupBy: readonly DimensionName[];
  group: Dimensions;
}

/** The part of a row that does not change from bucket to bucket: its object and every dimension, null unless grouped. */
function rowHead(definition: EndpointDefinition, row: RowIdentity, switches: Switches): string {
  const fields: Record<string, unknown> = { object: definition.object };
  for (const name of definition.groupBy) {
    fields[name] = row.groupBy.includes(name) ? row.group[name] : null;
  }
  if (switches.unknownModel && fields.model === renamedModel) fields.model = newModelName;
  if (switches.extraFields) fields.future_dimension = { region: "eu", weight: 1.5 };
  return JSON.stringify(fields).slice(0, -1);
}

function writeRows(definition: EndpointDefinition, heads: readonly string[], sums: Float64Array): string {
  const { measures, partCount } = definition;
  let text = "";
  for (let group = 0; group < heads.length; group += 1) {
    const offset = group * partCount;
    if (sums[offset] === 0) continue;
    text += text === "" ? heads[group] : `,${heads[group]}`;
    for (const { name, parts } of measures) {
      let sum = 0;
      for (const part of parts) sum += sums[offset + part] ?? 0;
      text += `,"${name}":${sum}`;
    }
    text += "}";
  }
  return text;
}
