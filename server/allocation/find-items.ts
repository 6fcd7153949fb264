import type { OrgScope } from "@/server/auth/scope";
import { itemKinds, type ItemRef } from "@/server/directory/schema";
import { notFound } from "@/server/lib/errors";
import { wasEverNamed } from "@/server/usage/history.sql";
import { describeMembers } from "@/server/usage/members";
import type { Member } from "@/server/usage/schema";

export type FoundItem = ItemRef & { member: Member };

/**
 * The given items, each once, with what they are called. Who was deleted before the directory was first read is known by the
 * figures alone. @throws AppError not_found for one that neither directory nor figures name
 */
export async function demandItems(scope: OrgScope, items: readonly ItemRef[]): Promise<FoundItem[]> {
  const found: FoundItem[] = [];
  for (const kind of itemKinds) {
    const ids = new Set(items.filter((item) => item.kind === kind).map(({ itemId }) => itemId));
    if (ids.size === 0) continue;
    const describe = await describeMembers(scope, kind, [...ids]);
    for (const itemId of ids) {
      const member = describe(itemId);
      if (member.state === "unknown" && !(await wasEverNamed(scope, kind, itemId))) throw notFound(kind);
      found.push({ kind, itemId, member });
    }
  }
  return found;
}

/** An item as the audit log names it. */
export const auditTarget = ({ kind, itemId, member }: FoundItem) => ({
  type: kind,
  id: itemId,
  ...(member.name ? { name: member.name } : {}),
});
