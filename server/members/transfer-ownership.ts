import type { OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import { demandStill, lockMember } from "@/server/members/authority";
import type { MemberRef } from "@/server/members/schema";

/**
 * Makes another member an owner while the acting owner steps down to admin: both or neither.
 * @throws AppError not_found, forbidden, or invalid when it is to oneself
 */
export async function transferOwnership(scope: OrgScope, { userId }: MemberRef): Promise<void> {
  const { actor } = scope;
  if (actor.type !== "user" || actor.id === userId) {
    throw new AppError("invalid", "transfer_to_self", { message: "Choose another member to hand ownership to." });
  }
  const member = await lockMember(scope, userId);
  await demandStill(scope, "owners:write");
  await scope.db.membership.updateMany({ where: { userId }, data: { role: "owner" } });
  await scope.db.membership.updateMany({ where: { userId: actor.id }, data: { role: "admin" } });
  scope.audit({
    action: "org.transfer",
    target: { type: "user", id: userId, name: member.name },
    before: { role: member.role, formerOwner: "owner" },
    after: { role: "owner", formerOwner: "admin" },
  });
}
