import { secondsPerDay } from "../clock";
import { foreignEntry } from "../generate/cost-adjustments";
import { type CostGroup, CostGrouper, type CostGrouping, costGroupings } from "../generate/cost-groups";
import type { CostDimensions, CostEntry } from "../generate/costs";
import { ByteWriter } from "../http/byte-writer";
import { badRequest } from "../http/errors";
import { type Call, get, JsonText, type Route } from "../http/router";
import { formatMoney } from "../money";
import { newModelName, renamedModel } from "../switches";
import { pageText, readWindow } from "./bucket-window";
import { readGroupBy } from "./group-by";

export const costRoutes: Route[] = [get("/organization/costs", costsPage, "api.usage.read")];

function costsPage(call: Call): JsonText {
  const { query, sandbox } = call;
  query.oneOf("bucket_width", ["1d"], "1d");
  const groupBy = readGroupBy(query, costGroupings);
  refuseMix(call, groupBy);
  const window = readWindow(call, { seconds: secondsPerDay, fallback: 7, max: 180 });
  const filters = readFilters(call);
  const grouper = new CostGrouper(groupBy);
  const bytes = new ByteWriter();
  const write = rowWriter(call, groupBy, bytes);
  const bucket = (start: number): Buffer => {
    let entries: readonly CostEntry[] = sandbox.costBook.day(call.org, start / secondsPerDay, call.now);
    if (sandbox.switches.foreignCurrency && entries.length > 0) entries = [...entries, foreignEntry(call.org)];
    if (filters.length > 0) entries = entries.filter((entry) => passes(entry.dimensions, filters));
    grouper.group(entries).forEach(write);
    return bytes.take();
  };
  return new JsonText(pageText(window, bucket));
}

function refuseMix(call: Call, groupBy: readonly CostGrouping[]): void {
  const { refuseCostsByKeyAndUser, refuseCostsByUserAndProject } = call.sandbox.switches;
  if (refuseCostsByKeyAndUser && (groupBy.includes("api_key_id") || groupBy.includes("user_id"))) {
    throw badRequest(
      "Grouping costs by 'api_key_id' or 'user_id' is not available for this organization.",
      "group_by",
      "invalid_value",
    );
  }
  const hasProject = groupBy.includes("project_id") || call.query.list("project_ids").length > 0;
  // The provider does so for some organizations only; Beacon Labs is not one of them.
  const isRefused = refuseCostsByUserAndProject && call.org.slug !== "beacon";
  if (isRefused && groupBy.includes("user_id") && hasProject) {
    throw badRequest(
      "'user_id' cannot be combined with 'project_id' for this organization and time range.",
      "group_by",
      "invalid_value",
    );
  }
}

type CostFilters = readonly (readonly ["project_id" | "api_key_id" | "line_item", ReadonlySet<string>])[];

function readFilters(call: Call): CostFilters {
  const named = [
    ["project_id", "project_ids"],
    ["api_key_id", "api_key_ids"],
    ["line_item", "line_items"],
  ] as const;
  return named.flatMap(([field, parameter]) => {
    const values = call.query.list(parameter);
    return values.length > 0 ? [[field, new Set(values)] as const] : [];
  });
}

function passes(dimensions: CostDimensions, filters: CostFilters): boolean {
  return filters.every(([field, wanted]) => wanted.has(dimensions[field] ?? ""));
}

/** Writes a group as JSON, behind a comma but for the first; what does not change from day to day is made once. */
function rowWriter(call: Call, groupBy: readonly CostGrouping[], bytes: ByteWriter) {
  const { money } = call.sandbox.switches;
  const hasLineItem = groupBy.includes("line_item");
  const heads = new Map<CostDimensions, Buffer>();
  return ({ dimensions, value, quantity }: CostGroup, index: number): void => {
    let head = heads.get(dimensions);
    if (!head) {
      head = rowHead(call, dimensions, groupBy);
      heads.set(dimensions, head);
    }
    const text = formatMoney(value);
    const amount = money === "string" ? `"${text}"` : String(Number(text));
    if (index > 0) bytes.ascii(",");
    bytes.raw(head);
    bytes.ascii(
      `,"quantity":${hasLineItem ? quantity : null},"amount":{"value":${amount},"currency":"${dimensions.currency}"}}`,
    );
  };
}

function rowHead(call: Call, dimensions: CostDimensions, groupBy: readonly CostGrouping[]): Buffer {
  const { org, sandbox } = call;
  const fields: Record<string, unknown> = { object: "organization.costs.result" };
  for (const name of costGroupings) fields[name] = groupBy.includes(name) ? dimensions[name] : null;
  if (sandbox.switches.unknownModel && typeof fields.line_item === "string") {
    fields.line_item = fields.line_item.replace(renamedModel, newModelName);
  }
  const project = groupBy.includes("project_id")
    ? org.projects.find((item) => item.id === dimensions.project_id)
    : undefined;
  fields.quantity_unit = groupBy.includes("line_item") ? dimensions.unit : null;
  fields.organization_id = org.id;
  fields.organization_name = org.name;
  fields.project_name = project?.name ?? null;
  if (sandbox.switches.extraFields) fields.invoice_hint = { bucket: "eu", share: 0.5 };
  return Buffer.from(JSON.stringify(fields).slice(0, -1));
}
