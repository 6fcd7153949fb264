import { secondsPerDay } from "../clock";
import { foreignEntry } from "../generate/cost-adjustments";
import { type CostGroup, CostGrouper, type CostGrouping, costGroupings } from "../generate/cost-groups";
import type { CostDimensions, CostEntry } from "../generate/costs";
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
  const write = rowWriter(call, groupBy);
  const bucket = (start: number): string => {
    let entries: readonly CostEntry[] = sandbox.costBook.day(call.org, start / secondsPerDay, call.now);
    if (sandbox.switches.foreignCurrency && entries.length > 0) entries = [...entries, foreignEntry(call.org)];
    if (filters.length > 0) entries = entries.filter((entry) => passes(entry.dimensions, filters));
    return grouper.group(entries).map(write).join(",");
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

/** Writes a group as JSON; what does not change from day to day is written once. */
function rowWriter(call: Call, groupBy: readonly CostGrouping[]): (group: CostGroup) => string {
  const { money } = call.sandbox.switches;
  const hasLineItem = groupBy.includes("line_item");
  const heads = new Map<CostDimensions, { before: string; after: string }>();
  return ({ dimensions, value, quantity }) => {
    let head = heads.get(dimensions);
    if (!head) {
      head = rowFrame(call, dimensions, groupBy);
      heads.set(dimensions, head);
    }
    const text = formatMoney(value);
    const amount = money === "string" ? `"${text}"` : String(Number(text));
    return `${head.before},"quantity":${hasLineItem ? quantity : null},"amount":{"value":${amount}${head.after}`;
  };
}

function rowFrame(
  call: Call,
  dimensions: CostDimensions,
  groupBy: readonly CostGrouping[],
): { before: string; after: string } {
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
  return { before: JSON.stringify(fields).slice(0, -1), after: `,"currency":"${dimensions.currency}"}}` };
}
