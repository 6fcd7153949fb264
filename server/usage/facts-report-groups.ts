import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import type { ReportCoverage } from "@/server/usage/facts-report-coverage";
import type { BreakdownDimension } from "@/server/usage/schema";

export const costGroups = ["day", "project", "user", "key", "line_item", "model"] as const;
export type CostGroup = (typeof costGroups)[number];

export const usageGroups = ["hour", "day", "project", "user", "key", "model", "batch", "service_tier"] as const;
export type UsageGroup = (typeof usageGroups)[number];

export type ReportGroup = CostGroup | UsageGroup;

/** Money is decimal text, counts are integers, ids are the provider's; null is what the provider did not give. */
export type ReportValue = string | bigint | boolean | null;
export type ReportRow = Record<string, ReportValue>;
export type FactsReport = ReportCoverage & { rows: ReportRow[] };

/** What a group is called in a row, and what its name from the directory is called. */
export const groupFields: Record<ReportGroup, { id: string; label?: string }> = {
  hour: { id: "hour" },
  day: { id: "day" },
  project: { id: "project_id", label: "project_name" },
  user: { id: "user_id", label: "user_name" },
  key: { id: "api_key_id", label: "api_key_name" },
  model: { id: "model" },
  line_item: { id: "line_item" },
  batch: { id: "batch" },
  service_tier: { id: "service_tier" },
};

/** Groups whose ids the directory names. */
export const memberGroups: Partial<Record<ReportGroup, BreakdownDimension>> = {
  project: "project",
  user: "user",
  key: "api_key",
};

/**
 * The lists that tell costs by these groups. Line items alone come also from the list by user, where imported totals have
 * none; whose project or key such a line was, nobody tells.
 */
export function costListsBy(groupBy: readonly CostGroup[]): string[] {
  if (groupBy.includes("user")) return ["costs.user"];
  const isByLine = groupBy.includes("line_item") || groupBy.includes("model");
  const isByProject = groupBy.includes("project") || groupBy.includes("key");
  return isByLine && !isByProject ? ["costs.project", LINE_ITEM_STREAM] : ["costs.project"];
}

/**
 * Why costs cannot be grouped like this, as a sentence; null when they can. Costs by person are a list of their own, cut by
 * line item alone: how the money of a project or key divides over people the provider does not tell.
 */
export function refusedTogether(groupBy: readonly CostGroup[]): string | null {
  const others = groupBy.filter((group) => group === "project" || group === "key");
  if (!groupBy.includes("user") || others.length === 0) return null;
  return `Costs cannot be grouped by user together with ${others.join(" and ")}: the provider does not tell which person spent what within a project or key. Group by user with day, line_item or model, or leave user out.`;
}
