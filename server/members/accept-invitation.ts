import { accessAsInvitee, type Caller, type OrgScope } from "@/server/auth/scope";
import { hashSecret } from "@/server/auth/one-time-tokens";
import { markVerified } from "@/server/auth/verify-email";
import { AppError } from "@/server/lib/errors";
import { lockMembers } from "@/server/members/members.sql";
import type { Role } from "@/server/members/schema";

/**
 * Makes the invited person a member. Of two attempts at once one joins and the other finds that it is done; a member
 * stays what they are. A token that came by mail proves the address. @returns the org's slug
 * @throws AppError not_found (invitation_unknown), forbidden (invitation_other_address), conflict (invitation_revoked,
 * invitation_used), precondition (invitation_expired)
 */
export async function acceptInvitation(caller: Caller, token: string): Promise<{ slug: string }> {
  const tokenHash = hashSecret(token);
  const found = await accessAsInvitee(caller, tokenHash);
  if (!found) throw unknown();
  return found.access.inScope(async (scope) => {
    await lockMembers(scope);
    // By the hash again: the link may have been replaced while this request waited for its turn.
    const invitation = await scope.db.invitation.findFirst({ where: { id: found.invitationId, tokenHash } });
    if (!invitation) throw unknown();
    if (invitation.email !== caller.user.email) throw otherAddress();
    if (invitation.acceptedBy === caller.user.id && (await isMember(scope, caller.user.id))) return scope.org;
    demandOpen(invitation);
    await join(scope, caller.user.id, invitation);
    if (invitation.isMailed) scope.afterCommit(async () => void (await markVerified(caller.user, caller.client)));
    return scope.org;
  });
}

async function join(scope: OrgScope, userId: string, { id, role }: { id: string; role: Role }) {
  await scope.db.invitation.updateMany({ where: { id }, data: { acceptedAt: new Date(), acceptedBy: userId } });
  const { count } = await scope.db.membership.createMany({
    data: [{ orgId: scope.org.id, userId, role }],
    skipDuplicates: true,
  });
  if (count === 0) return;
  const name = "name" in scope.actor ? scope.actor.name : undefined;
  scope.audit({ action: "member.join", target: { type: "user", id: userId, name }, after: { role, invitationId: id } });
}

const isMember = async ({ db }: OrgScope, userId: string) => (await db.membership.count({ where: { userId } })) > 0;

/** @throws AppError that says why the invitation can no longer be used */
function demandOpen({
  acceptedAt,
  revokedAt,
  expiresAt,
}: Record<"acceptedAt" | "revokedAt", Date | null> & { expiresAt: Date }) {
  if (acceptedAt) throw new AppError("conflict", "invitation_used", { message: "This invitation was used already." });
  if (revokedAt) throw new AppError("conflict", "invitation_revoked", { message: "This invitation was taken back." });
  if (expiresAt <= new Date()) {
    throw new AppError("precondition", "invitation_expired", { message: "This invitation has expired." });
  }
}

const unknown = () => new AppError("not_found", "invitation_unknown", { message: "No such invitation." });

const otherAddress = () =>
  new AppError("forbidden", "invitation_other_address", { message: "This invitation is for another address." });
