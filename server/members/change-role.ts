import type { OrgScope } from "@/server/auth/scope";
import { demandOtherOwner, demandStill, lockMember } from "@/server/members/authority";
import type { ChangeRoleInput } from "@/server/members/schema";

/**
 * Gives a member another role; it counts from their next request. Admins change admins and readers; what touches an
 * owner takes one. @throws AppError not_found, forbidden, or precondition (last_owner)
 */
export async function changeRole(scope: OrgScope, { userId, role }: ChangeRoleInput): Promise<void> {
  const member = await lockMember(scope, userId);
  await demandStill(scope, "members:write");
  if (member.role === role) return;
  if (member.role === "owner" || role === "owner") await demandStill(scope, "owners:write");
  if (member.role === "owner") await demandOtherOwner(scope, userId);
  await scope.db.membership.updateMany({ where: { userId }, data: { role } });
  scope.audit({
    action: "member.role",
    target: { type: "user", id: userId, name: member.name },
    before: { role: member.role },
    after: { role },
  });
}
