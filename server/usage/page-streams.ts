import type { CostStreamName } from "@/server/usage/dimensions";
import { usageEndpoints } from "@/server/usage/measures";
import type { BreakdownDimension } from "@/server/usage/schema";

const usage = usageEndpoints.map((endpoint) => `usage.${endpoint}` as const);

/** The list that tells what a member of a dimension cost. */
export const costStreamOf = (dimension: BreakdownDimension): CostStreamName =>
  dimension === "user" ? "costs.user" : "costs.project";

/** The lists that the figures of the overview come from. */
export const overviewStreams: readonly string[] = ["costs.project", "costs.user", ...usage];

/** The lists that a page about one dimension rests on; totals are the invoice's in any case. */
export const streamsBehind = (dimension: BreakdownDimension): readonly string[] =>
  dimension === "user" ? overviewStreams : ["costs.project", ...usage];
