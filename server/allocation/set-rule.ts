import type { OrgScope } from "@/server/auth/scope";
import { auditTarget, demandItems, whereItems } from "@/server/allocation/find-items";
import { lockAllocation } from "@/server/allocation/lock.sql";
import { ruleOf } from "@/server/allocation/rule-rows";
import type { Rule, RuleInput } from "@/server/allocation/schema";
import { type Entry, type OpenRange, setEach, simplified } from "@/server/allocation/timeline";
import { itemKey, timelinesOf } from "@/server/allocation/timeline-rows";
import type { ItemRef } from "@/server/directory/schema";
import { notFound } from "@/server/lib/errors";
import { parseUtcDay } from "@/server/lib/time";
import { requestPacks } from "@/server/jobs/request-packs";

/**
 * Says who bears the cost of items on the days of a range; other days keep what they had. What was charged in the past stays
 * as it was unless the range reaches there. @throws AppError not_found for items and cost centers that do not exist
 */
export const setRule = (scope: OrgScope, { items, rule, from, to }: RuleInput): Promise<void> =>
  changeRules(
    scope,
    items.map((item) => ({ item, value: rule, from, to })),
  );

/** Who bears the cost of an item on the days of a range. */
export type RuleChange = OpenRange & { item: ItemRef; value: Rule | null };

/** Several changes, of one item in their order. @throws as setRule */
export async function changeRules(scope: OrgScope, given: readonly RuleChange[]): Promise<void> {
  await lockAllocation(scope);
  const changes = given.map((change) => ({ ...change, value: change.value && ordered(change.value) }));
  const found = await demandItems(
    scope,
    changes.map(({ item }) => item),
  );
  await demandCostCenters(scope, new Set(changes.flatMap(({ value }) => (value ? costCentersOf(value) : []))));
  const ofItems = whereItems(found);
  const rows = await scope.db.allocationRule.findMany({
    where: ofItems,
    orderBy: { fromDay: "asc" },
    include: { shares: true },
  });
  const timelines = timelinesOf(rows, ruleOf);
  const byItem = Map.groupBy(changes, ({ item }) => itemKey(item));
  const changed = found.map((item) => {
    const before = timelines.get(itemKey(item))?.timeline ?? [];
    return { item, before, after: simplified(setEach(before, byItem.get(itemKey(item)) ?? []), isSame) };
  });
  await scope.db.allocationRule.deleteMany({ where: ofItems });
  await storeRules(scope, changed);
  // Days of another zone are packed by the hour where labels change.
  scope.afterCommit(() => requestPacks(scope));
  for (const { item, before, after } of changed) {
    scope.audit({
      action: "allocation.set",
      target: auditTarget(item),
      before: { rules: [...before] },
      after: { rules: after },
    });
  }
}

const costCentersOf = (rule: Rule) =>
  rule.method === "fixed" ? rule.shares.map(({ costCenterId }) => costCenterId) : rule.costCenterIds;

async function demandCostCenters(scope: OrgScope, ids: ReadonlySet<string>) {
  if (ids.size === 0) return;
  const count = await scope.db.costCenter.count({ where: { id: { in: [...ids] } } });
  if (count < ids.size) throw notFound("cost center");
}

/** The same rule always reads the same. */
const ordered = (rule: Rule): Rule =>
  rule.method === "fixed"
    ? { ...rule, shares: rule.shares.toSorted((a, b) => (a.costCenterId < b.costCenterId ? -1 : 1)) }
    : { ...rule, costCenterIds: rule.costCenterIds.toSorted() };

const isSame = (a: Rule, b: Rule) => JSON.stringify(a) === JSON.stringify(b);

type Changed = { item: ItemRef; after: readonly Entry<Rule>[] };

async function storeRules(scope: OrgScope, changed: readonly Changed[]) {
  const rules = changed.flatMap(({ item: { kind, itemId }, after }) =>
    after.map(({ fromDay, value }) => ({
      key: { orgId: scope.org.id, kind, itemId, fromDay: parseUtcDay(fromDay) },
      value,
    })),
  );
  await scope.db.allocationRule.createMany({
    data: rules.map(({ key, value }) => ({ ...key, method: value?.method ?? "none" })),
  });
  await scope.db.allocationShare.createMany({
    data: rules.flatMap(({ key, value }) => sharesOf(value).map((share) => ({ ...key, ...share }))),
  });
}

function sharesOf(rule: Rule | null): { costCenterId: string; percent: string | null }[] {
  if (!rule) return [];
  return rule.method === "fixed"
    ? rule.shares
    : rule.costCenterIds.map((costCenterId) => ({ costCenterId, percent: null }));
}
