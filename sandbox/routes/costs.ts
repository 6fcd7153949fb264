import { secondsPerDay } from "../clock";
import type { CostEntry } from "../generate/costs";
import { ApiError } from "../http/errors";
import { type Call, get, JsonText, type Route } from "../http/router";
import { formatMoney, type Money } from "../money";
import { pageText, readWindow } from "./bucket-window";
import { readGroupBy } from "./usage";

export const costRoutes: Route[] = [get("/organization/costs", costsPage, "api.usage.read")];

export const costGroupings = ["project_id", "line_item", "api_key_id", "user_id", "api_source"] as const;
export type CostGrouping = (typeof costGroupings)[number];

function costsPage(call: Call): JsonText {
  const { query, org, sandbox } = call;
  query.oneOf("bucket_width", ["1d"], "1d");
  const groupBy = readGroupBy(query, costGroupings);
  refuseMix(call, groupBy);
  const window = readWindow(call, { seconds: secondsPerDay, fallback: 7, max: 180 });
  const filters = readCostFilters(call);
  const write = rowWriter(call, groupBy);
  const bucket = (start: number): string => {
    const entries = sandbox.costBook
      .day(org, start / secondsPerDay, call.now)
      .filter((entry) => passes(entry, filters));
    return groupCosts(entries, groupBy).map(write).join(",");
  };
  return new JsonText(pageText(window, bucket));
}

function refuseMix(call: Call, groupBy: readonly CostGrouping[]): void {
  const { refuseCostsByKeyAndUser, refuseCostsByUserAndProject } = call.sandbox.switches;
  const refuse = (message: string) => new ApiError(400, message, { param: "group_by", code: "invalid_value" });
  if (refuseCostsByKeyAndUser && (groupBy.includes("api_key_id") || groupBy.includes("user_id"))) {
    throw refuse("Grouping costs by 'api_key_id' or 'user_id' is not available for this organization.");
  }
  const hasProject = groupBy.includes("project_id") || call.query.list("project_ids").length > 0;
  if (refuseCostsByUserAndProject && groupBy.includes("user_id") && hasProject) {
    throw refuse("'user_id' cannot be combined with 'project_id' for this organization and time range.");
  }
}

type CostFilters = readonly (readonly [keyof CostEntry, ReadonlySet<string>])[];

function readCostFilters(call: Call): CostFilters {
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

function passes(entry: CostEntry, filters: CostFilters): boolean {
  return filters.every(([field, wanted]) => typeof entry[field] === "string" && wanted.has(entry[field]));
}

export interface CostGroup {
  entry: CostEntry;
  value: Money;
  quantity: number;
}

/** Adds entries up by their grouped fields (and currency); exact, in order of first appearance. */
export function groupCosts(entries: readonly CostEntry[], groupBy: readonly CostGrouping[]): CostGroup[] {
  const groups = new Map<string, CostGroup>();
  for (const entry of entries) {
    let key = entry.currency;
    for (const name of groupBy) key += `\u0000${entry[name] ?? "\u0001"}`;
    const group = groups.get(key);
    if (group) {
      group.value += entry.value;
      group.quantity += entry.quantity;
    } else {
      groups.set(key, { entry, value: entry.value, quantity: entry.quantity });
    }
  }
  return [...groups.values()];
}

function rowWriter(call: Call, groupBy: readonly CostGrouping[]): (group: CostGroup) => string {
  const { org, sandbox } = call;
  const names = new Map(org.projects.map((project) => [project.id, project.name]));
  const { money, extraFields } = sandbox.switches;
  const hasLineItem = groupBy.includes("line_item");
  return ({ entry, value, quantity }) => {
    const text = formatMoney(value);
    const fields: Record<string, unknown> = { object: "organization.costs.result" };
    for (const name of costGroupings) fields[name] = groupBy.includes(name) ? entry[name] : null;
    fields.amount = { value: money === "string" ? text : Number(text), currency: entry.currency };
    fields.quantity = hasLineItem ? quantity : null;
    fields.quantity_unit = hasLineItem ? entry.unit : null;
    fields.organization_id = org.id;
    fields.organization_name = org.name;
    fields.project_name =
      groupBy.includes("project_id") && entry.project_id !== null ? (names.get(entry.project_id) ?? null) : null;
    if (extraFields) fields.invoice_hint = { bucket: "eu", share: 0.5 };
    return JSON.stringify(fields);
  };
}
