import type { OrgScope } from "@/server/auth/scope";
import { itemIds } from "@/server/allocation/item-ids.sql";
import { ruleOf } from "@/server/allocation/rule-rows";
import type { AssignedItem } from "@/server/allocation/schema";
import { valueOn } from "@/server/allocation/timeline";
import { itemKey, timelinesOf } from "@/server/allocation/timeline-rows";
import type { ItemKind } from "@/server/directory/schema";
import { toUtcDay } from "@/server/lib/time";
import { describeMembers } from "@/server/usage/members";

/** Everything of a kind that can be assigned, with what holds for itself today, by name. */
export async function listItems(scope: OrgScope, kind: ItemKind, now = new Date()): Promise<AssignedItem[]> {
  const today = toUtcDay(now);
  const ids = await itemIds(scope, kind);
  const describe = await describeMembers(scope, kind, ids);
  const tagRows = await scope.db.tagValue.findMany({
    where: { kind },
    orderBy: [{ tagKey: "asc" }, { fromDay: "asc" }],
  });
  const tags = new Map(
    [...Map.groupBy(tagRows, ({ tagKey }) => tagKey)].map(([key, rows]) => [
      key,
      timelinesOf(rows, (row) => row.value),
    ]),
  );
  const ruleRows = await scope.db.allocationRule.findMany({
    where: { kind },
    orderBy: { fromDay: "asc" },
    include: { shares: true },
  });
  const rules = timelinesOf(ruleRows, ruleOf);
  const items = ids.map((itemId): AssignedItem => {
    const id = itemKey({ kind, itemId });
    return {
      ...describe(itemId),
      tags: [...tags].flatMap(([key, timelines]) => {
        const value = valueOn(timelines.get(id)?.timeline ?? [], today);
        return value === null ? [] : [{ key, value }];
      }),
      rule: valueOn(rules.get(id)?.timeline ?? [], today),
    };
  });
  return items.toSorted((a, b) => compareText(a.name ?? a.key ?? "", b.name ?? b.key ?? ""));
}

const compareText = (a: string, b: string) => a.localeCompare(b, "en") || (a < b ? -1 : 1);
