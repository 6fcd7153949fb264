import type { OrgScope } from "@/server/auth/scope";
import { demandItems } from "@/server/allocation/find-items";
import { ruleOf } from "@/server/allocation/rule-rows";
import type { Dated, Effective, ItemAllocation, Rule } from "@/server/allocation/schema";
import { type Timeline, valueOn } from "@/server/allocation/timeline";
import { itemKey, timelinesOf } from "@/server/allocation/timeline-rows";
import type { ItemRef } from "@/server/directory/schema";
import { findKeyOwners } from "@/server/directory/key-owners.sql";
import { notFound } from "@/server/lib/errors";
import { toUtcDay, type UtcDay } from "@/server/lib/time";

/** What is said about one item, and what holds for it today on account of what it belongs to. @throws AppError not_found */
export async function describeItem(scope: OrgScope, item: ItemRef, now = new Date()): Promise<ItemAllocation> {
  const [found] = await demandItems(scope, [item]);
  if (!found) throw notFound(item.kind);
  const { kind, itemId } = item;
  const chain = await holders(scope, item);
  const ofChain = { OR: chain.map((holder) => ({ kind: holder.kind, itemId: holder.itemId })) };
  const tagRows = await scope.db.tagValue.findMany({ where: ofChain, orderBy: { fromDay: "asc" } });
  const ruleRows = await scope.db.allocationRule.findMany({
    where: ofChain,
    orderBy: { fromDay: "asc" },
    include: { shares: true },
  });
  const isOwn = (row: { kind: string; itemId: string }) => row.kind === kind && row.itemId === itemId;
  const today = toUtcDay(now);
  const tagKeys = [...new Set(tagRows.map(({ tagKey }) => tagKey))].toSorted();
  const timelinesOfTag = (key: string) =>
    timelinesOf(
      tagRows.filter(({ tagKey }) => tagKey === key),
      (row) => row.value,
    );
  const timelinesOfRules = timelinesOf(ruleRows, ruleOf);
  const holding = <T>(timelines: Timelines<T>) => effective(chain, timelines, today);
  const ownTimeline = <T>(timelines: Timelines<T>) => dated([...timelines.values()].find(isOwn)?.timeline ?? []);
  return {
    member: found.member,
    tags: tagKeys
      .map((key) => ({ key, timeline: ownTimeline(timelinesOfTag(key)) }))
      .filter(({ timeline }) => timeline.length > 0),
    rules: ownTimeline(timelinesOfRules),
    effective: {
      tags: tagKeys.flatMap((key) => {
        const held = holding(timelinesOfTag(key));
        return held ? [{ key, ...held }] : [];
      }),
      rule: holding<Rule>(timelinesOfRules),
    },
  };
}

type Timelines<T> = ReadonlyMap<string, ItemRef & { timeline: Timeline<T> }>;

const dated = <T>(timeline: Timeline<T>): Dated<T>[] =>
  timeline.map(({ fromDay, value }) => ({ from: fromDay, value }));

/** The item itself, then what it takes from: a key from its owner and from its project. */
async function holders(scope: OrgScope, item: ItemRef): Promise<ItemRef[]> {
  if (item.kind !== "api_key") return [item];
  const [owner] = await findKeyOwners(scope, { keyId: item.itemId });
  if (!owner) return [item];
  return [item, { kind: "user", itemId: owner.ownerId }, { kind: "project", itemId: owner.projectId }];
}

function effective<T>(chain: readonly ItemRef[], timelines: Timelines<T>, today: UtcDay): Effective<T> | null {
  for (const { kind, itemId } of chain) {
    const held = timelines.get(itemKey({ kind, itemId }));
    const value = held ? valueOn(held.timeline, today) : null;
    if (value !== null) return { value, source: kind };
  }
  return null;
}
