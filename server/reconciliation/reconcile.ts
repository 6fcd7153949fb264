import type { OrgScope } from "@/server/auth/scope";
import { checkPrices } from "@/server/reconciliation/check-prices";
import type { PriceCheck, Ties } from "@/server/reconciliation/schema";
import { tieOut } from "@/server/reconciliation/tie-out";
import type { DayRange } from "@/server/usage/schema";

/** Whether every cut of the bill adds up to it, and each organization's usage at list prices beside its bill. */
export async function reconcile(scope: OrgScope, range: DayRange): Promise<{ ties: Ties; checks: PriceCheck[] }> {
  const ties = await tieOut(scope, range);
  const checks: PriceCheck[] = [];
  for (const { openaiOrgId } of ties.organizations)
    checks.push(await checkPrices(scope, { range, openaiOrg: openaiOrgId }));
  return { ties, checks };
}
