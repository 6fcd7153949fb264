import type { OrgScope } from "@/server/auth/scope";
import { auditTarget, demandItems, whereItems } from "@/server/allocation/find-items";
import { lockAllocation } from "@/server/allocation/lock.sql";
import { MAX_TAG_KEYS, type TagInput } from "@/server/allocation/schema";
import { type OpenRange, setEach, simplified } from "@/server/allocation/timeline";
import { itemKey, timelinesOf } from "@/server/allocation/timeline-rows";
import type { ItemRef } from "@/server/directory/schema";
import { AppError } from "@/server/lib/errors";
import { parseUtcDay } from "@/server/lib/time";
import { requestPacks } from "@/server/jobs/request-packs";

const isSame = (a: string, b: string) => a === b;

/**
 * Gives items a value of a tag on the days of a range; other days keep what they had, so that moving something does not
 * change the past. @throws AppError not_found, limit
 */
export const setTag = (scope: OrgScope, { items, key, value, from, to }: TagInput): Promise<void> =>
  changeTag(
    scope,
    key,
    items.map((item) => ({ item, value, from, to })),
  );

/** The value of an item on the days of a range. */
export type TagChange = OpenRange & { item: ItemRef; value: string | null };

/** Several changes of a tag, of one item in their order. @throws as setTag */
export async function changeTag(scope: OrgScope, key: string, changes: readonly TagChange[]): Promise<void> {
  await lockAllocation(scope);
  const found = await demandItems(
    scope,
    changes.map(({ item }) => item),
  );
  if (changes.some(({ value }) => value !== null)) await demandRoom(scope, key);
  const ofItems = { tagKey: key, ...whereItems(found) };
  const rows = await scope.db.tagValue.findMany({ where: ofItems, orderBy: { fromDay: "asc" } });
  const timelines = timelinesOf(rows, (row) => row.value);
  const byItem = Map.groupBy(changes, ({ item }) => itemKey(item));
  const changed = found.map((item) => {
    const before = timelines.get(itemKey(item))?.timeline ?? [];
    return { item, before, after: simplified(setEach(before, byItem.get(itemKey(item)) ?? []), isSame) };
  });
  await scope.db.tagValue.deleteMany({ where: ofItems });
  await scope.db.tagValue.createMany({
    data: changed.flatMap(({ item: { kind, itemId }, after }) =>
      after.map((entry) => ({
        orgId: scope.org.id,
        kind,
        itemId,
        tagKey: key,
        fromDay: parseUtcDay(entry.fromDay),
        value: entry.value,
      })),
    ),
  });
  // Days of another zone are packed by the hour where labels change.
  scope.afterCommit(() => requestPacks(scope));
  for (const { item, before, after } of changed) {
    scope.audit({
      action: "tag.set",
      target: auditTarget(item),
      before: { key, values: [...before] },
      after: { key, values: after },
    });
  }
}

async function demandRoom(scope: OrgScope, key: string) {
  const others = await scope.db.tagValue.findMany({
    where: { tagKey: { not: key } },
    distinct: ["tagKey"],
    select: { tagKey: true },
    take: MAX_TAG_KEYS,
  });
  if (others.length < MAX_TAG_KEYS) return;
  throw new AppError("limit", "too_many_tags", { message: `There can be ${MAX_TAG_KEYS} different tags at most.` });
}
