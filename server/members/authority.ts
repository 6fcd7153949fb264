import { can, type Permission } from "@/server/auth/permissions";
import type { OrgScope } from "@/server/auth/scope";
import { AppError, notFound } from "@/server/lib/errors";
import { lockMembers } from "@/server/members/members.sql";
import type { Role } from "@/server/members/schema";

export type Member = { userId: string; role: Role; name: string };

/** Locks the org's members and reads the one to be changed. @throws AppError not_found */
export async function lockMember(scope: OrgScope, userId: string): Promise<Member> {
  await lockMembers(scope);
  const member = await scope.db.membership.findFirst({
    where: { userId },
    select: { role: true, user: { select: { email: true } } },
  });
  if (!member) throw notFound("member");
  return { userId, role: member.role, name: member.user.email };
}

/**
 * What the actor may do is read again, under the lock: the role that the request began with may be gone.
 * @throws AppError forbidden
 */
export async function demandStill(scope: OrgScope, permission: Permission): Promise<void> {
  const { actor } = scope;
  if (actor.type === "operator" || actor.type === "job") return;
  const role = await currentRole(scope);
  if (role && can(role, permission)) return;
  if (permission === "owners:write") {
    throw new AppError("forbidden", "owners_only", { message: "Only owners can make, change or remove owners." });
  }
  throw new AppError("forbidden", "role_lacks_permission", {
    message: "Your role in this organization does not allow this.",
    details: { permission, role },
  });
}

/** A program has no role; what it may do here is nothing. */
async function currentRole({ actor, db }: OrgScope): Promise<Role | null> {
  if (actor.type !== "user") return null;
  const membership = await db.membership.findFirst({ where: { userId: actor.id }, select: { role: true } });
  return membership?.role ?? null;
}

/** Under the lock of lockMember. @throws AppError precondition when there is no other owner than `userId` */
export async function demandOtherOwner(scope: OrgScope, userId: string): Promise<void> {
  const others = await scope.db.membership.count({ where: { role: "owner", userId: { not: userId } } });
  if (others > 0) return;
  throw new AppError("precondition", "last_owner", {
    message: "An organization needs an owner. Make somebody else an owner first.",
  });
}
