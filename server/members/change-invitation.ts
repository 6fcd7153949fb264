import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { hashSecret, newSecret } from "@/server/auth/one-time-tokens";
import { type Limit, throttle } from "@/server/auth/throttle";
import { AppError, notFound } from "@/server/lib/errors";
import { addDays, MS_PER_DAY } from "@/server/lib/time";
import { hasMailServer } from "@/server/mail/send-mail";
import { demandStill } from "@/server/members/authority";
import { invitationLink, mailInvitations } from "@/server/members/mail-invitation";
import { lockMembers } from "@/server/members/members.sql";

const resends: Limit = { name: "invite:resend", max: 5, windowSeconds: 3600 };

/**
 * Sends an invitation again, for as many days as before and with a new link: the old one is dead.
 * @throws AppError not_found, conflict (invitation_closed), forbidden, limit
 */
export async function resendInvitation(access: OrgAccess, invitationId: string): Promise<{ link: string | null }> {
  await throttle({ limit: resends, subject: `${access.org.id}:${invitationId}` });
  return access.inScope(async (scope) => {
    const { email, role, lastSentAt, expiresAt } = await lockOpenInvitation(scope, invitationId);
    const days = Math.max(1, Math.round((expiresAt.getTime() - lastSentAt.getTime()) / MS_PER_DAY));
    const token = newSecret();
    const now = new Date();
    await scope.db.invitation.updateMany({
      where: { id: invitationId },
      data: {
        tokenHash: hashSecret(token),
        isMailed: hasMailServer(),
        lastSentAt: now,
        expiresAt: addDays(now, days),
      },
    });
    scope.audit({ action: "invitation.resend", target: { type: "invitation", id: invitationId, name: email } });
    await mailInvitations(scope, [{ email, token }], { role, days });
    return { link: hasMailServer() ? null : invitationLink(token) };
  });
}

/** Takes an invitation back; its link is dead. @throws AppError not_found, conflict (invitation_closed), forbidden */
export async function revokeInvitation(scope: OrgScope, invitationId: string): Promise<void> {
  const { email, role } = await lockOpenInvitation(scope, invitationId);
  await scope.db.invitation.updateMany({ where: { id: invitationId }, data: { revokedAt: new Date() } });
  scope.audit({
    action: "invitation.revoke",
    target: { type: "invitation", id: invitationId, name: email },
    before: { role },
  });
}

/** Neither used nor taken back; it may have expired. To what makes an owner, only owners lay hands. */
async function lockOpenInvitation(scope: OrgScope, invitationId: string) {
  await lockMembers(scope);
  const found = await scope.db.invitation.findFirst({ where: { id: invitationId } });
  if (!found) throw notFound("invitation");
  await demandStill(scope, found.role === "owner" ? "owners:write" : "members:write");
  if (found.acceptedAt || found.revokedAt) {
    throw new AppError("conflict", "invitation_closed", {
      message: "This invitation was used or taken back in the meantime.",
    });
  }
  return found;
}
