import { mayAlso, type OrgScope } from "@/server/auth/scope";
import type { InvitationSummary, MemberSummary } from "@/server/members/schema";

/** Everybody in the org, owners first. Who may not change members is not told when they were seen nor what guards them. */
export async function listMembers(scope: OrgScope): Promise<MemberSummary[]> {
  const rows = await scope.db.membership.findMany({
    select: {
      userId: true,
      role: true,
      createdAt: true,
      lastSeenAt: true,
      user: { select: { name: true, email: true, twoFactor: { select: { confirmedAt: true } } } },
    },
    // In the order of the enum: owner, admin, reader.
    orderBy: [{ role: "asc" }, { createdAt: "asc" }, { userId: "asc" }],
  });
  const isPrivileged = mayAlso(scope, "members:write");
  return rows.map(({ userId, role, createdAt, lastSeenAt, user }) => ({
    userId,
    isYou: scope.actor.type === "user" && scope.actor.id === userId,
    name: user.name,
    email: user.email,
    role,
    since: createdAt.toISOString(),
    lastSeenAt: (isPrivileged && lastSeenAt?.toISOString()) || null,
    hasTwoFactor: isPrivileged ? Boolean(user.twoFactor?.confirmedAt) : null,
  }));
}

/** Invitations that nobody has used or revoked, the newest first; expired ones too, to be sent again. */
export async function listInvitations(scope: OrgScope, now = new Date()): Promise<InvitationSummary[]> {
  const rows = await scope.db.invitation.findMany({
    where: { acceptedAt: null, revokedAt: null },
    select: { id: true, email: true, role: true, invitedBy: true, lastSentAt: true, expiresAt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const inviters = await namesOf(
    scope,
    rows.flatMap(({ invitedBy }) => invitedBy ?? []),
  );
  return rows.map(({ invitedBy, lastSentAt, expiresAt, ...row }) => ({
    ...row,
    invitedBy: (invitedBy && inviters.get(invitedBy)) || null,
    lastSentAt: lastSentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isExpired: expiresAt <= now,
  }));
}

async function namesOf({ db }: OrgScope, ids: readonly string[]): Promise<Map<string, string>> {
  const users = await db.user.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [id, name]));
}
