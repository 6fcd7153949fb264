import type { OrgScope } from "@/server/auth/scope";
import { demandOtherOwner, demandStill, lockMember, type Member } from "@/server/members/authority";
import { AppError } from "@/server/lib/errors";
import type { MemberRef } from "@/server/members/schema";

/**
 * Ends somebody's membership; their next request, in any process, finds no organization.
 * @throws AppError not_found, forbidden, or precondition (last_owner)
 */
export async function removeMember(scope: OrgScope, { userId }: MemberRef): Promise<void> {
  const member = await lockMember(scope, userId);
  await demandStill(scope, member.role === "owner" ? "owners:write" : "members:write");
  await end(scope, member, "member.remove");
}

/** Ends one's own membership. @throws AppError precondition (last_owner) */
export async function leaveOrg(scope: OrgScope): Promise<void> {
  const { actor } = scope;
  if (actor.type !== "user") throw new AppError("forbidden", "forbidden", { message: "Only members can leave." });
  await end(scope, await lockMember(scope, actor.id), "member.leave");
}

async function end(scope: OrgScope, { userId, role, name }: Member, action: "member.remove" | "member.leave") {
  if (role === "owner") await demandOtherOwner(scope, userId);
  await scope.db.membership.deleteMany({ where: { userId } });
  scope.audit({ action, target: { type: "user", id: userId, name }, before: { role } });
}
