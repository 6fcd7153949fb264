import type { OrgScope } from "@/server/auth/scope";
import { itemKinds, type ItemRef } from "@/server/directory/schema";
import { notFound } from "@/server/lib/errors";
import { wasEverNamed } from "@/server/usage/history.sql";
import { describeMembers } from "@/server/usage/members";
import type { Member } from "@/server/usage/schema";

export type FoundItem = ItemRef & { member: Member };

/** The given items, each once, with what they are called. @throws AppError not_found, as findItems knows them */
export async function demandItems(scope: OrgScope, items: readonly ItemRef[]): Promise<FoundItem[]> {
  const { found, missing } = await findItems(scope, items);
  const [unknown] = missing;
  if (unknown) throw notFound(unknown.kind);
  return found;
}

/**
 * Those of the given items that the directory or figures name, each once, and the others. Who was deleted before the
 * directory was first read is known by the figures alone.
 */
export async function findItems(
  scope: OrgScope,
  items: readonly ItemRef[],
): Promise<{ found: FoundItem[]; missing: ItemRef[] }> {
  const found: FoundItem[] = [];
  const missing: ItemRef[] = [];
  for (const kind of itemKinds) {
    const ids = new Set(items.filter((item) => item.kind === kind).map(({ itemId }) => itemId));
    if (ids.size === 0) continue;
    const describe = await describeMembers(scope, kind, [...ids]);
    for (const itemId of ids) {
      const member = describe(itemId);
      const isKnown = member.state !== "unknown" || (await wasEverNamed(scope, kind, itemId));
      if (isKnown) found.push({ kind, itemId, member });
      else missing.push({ kind, itemId });
    }
  }
  return { found, missing };
}

/** Rows of these items and no others. */
export const whereItems = (items: readonly ItemRef[]) => ({
  OR: itemKinds.map((kind) => ({
    kind,
    itemId: { in: items.filter((item) => item.kind === kind).map(({ itemId }) => itemId) },
  })),
});

/** An item as the audit log names it. */
export const auditTarget = ({ kind, itemId, member }: FoundItem) => ({
  type: kind,
  id: itemId,
  ...(member.name ? { name: member.name } : {}),
});
