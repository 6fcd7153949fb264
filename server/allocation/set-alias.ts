import type { OrgScope } from "@/server/auth/scope";
import { auditTarget, demandItems } from "@/server/allocation/find-items";
import type { AliasInput } from "@/server/allocation/schema";

/**
 * Gives something of the directory a name of the organization's own, or takes it away (null): the provider's name, which is
 * kept beside it and by syncs, is shown again then. @throws AppError not_found
 */
export async function setAlias(scope: OrgScope, { kind, itemId, name }: AliasInput): Promise<void> {
  for (const item of await demandItems(scope, [{ kind, itemId }])) {
    const { member } = item;
    const hasAlias = member.providerName !== undefined;
    const before = hasAlias ? member.name : null;
    const providerName = hasAlias ? member.providerName : member.name;
    const next = name === providerName ? null : name;
    if (next === before) return;
    const key = { orgId: scope.org.id, kind, itemId };
    if (next === null) await scope.db.directoryAlias.deleteMany({ where: key });
    else
      await scope.db.directoryAlias.upsert({
        where: { orgId_kind_itemId: key },
        create: { ...key, name: next },
        update: { name: next },
      });
    scope.audit({
      action: next === null ? "alias.remove" : "alias.set",
      target: auditTarget(item),
      before: { name: before },
      after: { name: next },
    });
  }
}
