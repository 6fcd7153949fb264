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

/** All values of all tags, by tag, people's carried over to the keys they own. */
export async function assignedTags(scope: OrgScope): Promise<ReadonlyMap<string, Assigned<string>[]>> {
  const rows = await scope.db.tagValue.findMany({ orderBy: [{ tagKey: "asc" }, { fromDay: "asc" }] });
  const byTag = [...Map.groupBy(rows, ({ tagKey }) => tagKey)].map(([tagKey, ofTag]) => ({
    tagKey,
    assigned: [...timelinesOf(ofTag, (row) => row.value).values()],
  }));
  const owners = await ownersOfKeys(
    scope,
    byTag.flatMap(({ assigned }) => assigned),
  );
  return new Map(byTag.map(({ tagKey, assigned }) => [tagKey, inheritedByKeys(assigned, owners)]));
}

/** All allocation rules, people's carried over to the keys they own. */
export async function assignedRules(scope: OrgScope): Promise<Assigned<Rule>[]> {
  const rows = await scope.db.allocationRule.findMany({ orderBy: { fromDay: "asc" }, include: { shares: true } });
  return withKeys(scope, [...timelinesOf(rows, ruleOf).values()]);
}

const withKeys = async <T>(scope: OrgScope, assigned: readonly Assigned<T>[]) =>
  inheritedByKeys(assigned, await ownersOfKeys(scope, assigned));

/** Of the keys whose owners something is assigned to. */
async function ownersOfKeys(scope: OrgScope, assigned: readonly Assigned<unknown>[]) {
  const ownerIds = new Set(assigned.filter(({ kind }) => kind === "user").map(({ itemId }) => itemId));
  return ownerIds.size === 0 ? [] : findKeyOwners(scope, { ownerIds: [...ownerIds] });
}
