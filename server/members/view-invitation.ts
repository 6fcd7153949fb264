import { hashSecret } from "@/server/auth/one-time-tokens";
import { findInvitation } from "@/server/auth/system.sql";
import { withTenant } from "@/server/db/tenant";
import type { InvitationView } from "@/server/members/schema";

/** What an invitation's token leads to, for its holder; `viewerEmail` is who looks, null while signed out. */
export async function viewInvitation(token: string, viewerEmail: string | null): Promise<InvitationView> {
  const tokenHash = hashSecret(token);
  const found = await findInvitation(tokenHash);
  if (!found) return { state: "unknown" };
  return withTenant(found.id, async (db) => {
    const invitation = await db.invitation.findFirst({ where: { id: found.invitationId, tokenHash } });
    if (!invitation) return { state: "unknown" };
    const { email, role, invitedBy, acceptedAt, revokedAt, expiresAt } = invitation;
    const org = { name: found.name, slug: found.slug };
    if (revokedAt) return { state: "revoked" };
    if (acceptedAt) return { state: "used", org };
    if (expiresAt <= new Date()) return { state: "expired", org };
    const inviter = invitedBy && (await db.user.findFirst({ where: { id: invitedBy }, select: { name: true } }));
    return {
      state: "open",
      org,
      inviter: inviter ? inviter.name : null,
      email,
      role,
      expiresAt: expiresAt.toISOString(),
      viewer: viewerEmail === null ? "nobody" : viewerEmail === email ? "invited" : "other",
    };
  });
}
