import type { Rule } from "@/server/allocation/schema";
import type { AllocationRule, AllocationShare } from "@/server/db/generated/client";

type RuleRow = AllocationRule & { shares: Pick<AllocationShare, "costCenterId" | "percent">[] };

/** A stored rule; null where nothing holds from its day on. */
export function ruleOf({ method, shares }: RuleRow): Rule | null {
  if (method === "none") return null;
  const inOrder = shares.toSorted((a, b) => (a.costCenterId < b.costCenterId ? -1 : 1));
  return method === "fixed"
    ? {
        method,
        shares: inOrder.map(({ costCenterId, percent }) => ({ costCenterId, percent: percent?.toFixed() ?? "0" })),
      }
    : { method, costCenterIds: inOrder.map(({ costCenterId }) => costCenterId) };
}
