import type { OrgScope } from "@/server/auth/scope";
import { type Assigned, inheritedByKeys } from "@/server/allocation/resolve";
import { ruleOf } from "@/server/allocation/rule-rows";
import type { Rule } from "@/server/allocation/schema";
import { timelinesOf } from "@/server/allocation/timeline-rows";
import { findKeyOwners } from "@/server/directory/key-owners.sql";

/** All values of a tag, people's carried over to the keys they own. */
export async function assignedValues(scope: OrgScope, tagKey: string): Promise<Assigned<string>[]> {
  const rows = await scope.db.tagValue.findMany({ where: { tagKey }, orderBy: { fromDay: "asc" } });
  return withKeys(scope, [...timelinesOf(rows, (row) => row.value).values()]);
}

/** All allocation rules, people's carried over to the keys they own. */
export async function assignedRules(scope: OrgScope): Promise<Assigned<Rule>[]> {
  const rows = await scope.db.allocationRule.findMany({ orderBy: { fromDay: "asc" }, include: { shares: true } });
  return withKeys(scope, [...timelinesOf(rows, ruleOf).values()]);
}

async function withKeys<T>(scope: OrgScope, assigned: readonly Assigned<T>[]): Promise<Assigned<T>[]> {
  const ownerIds = assigned.filter(({ kind }) => kind === "user").map(({ itemId }) => itemId);
  if (ownerIds.length === 0) return [...assigned];
  return inheritedByKeys(assigned, await findKeyOwners(scope, { ownerIds }));
}
