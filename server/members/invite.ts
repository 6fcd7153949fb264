import { randomUUID } from "node:crypto";
import { Email } from "@/server/auth/schema";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { hashSecret, newSecret } from "@/server/auth/one-time-tokens";
import { type Limit, throttle } from "@/server/auth/throttle";
import { AppError } from "@/server/lib/errors";
import { addDays, MS_PER_DAY } from "@/server/lib/time";
import { hasMailServer } from "@/server/mail/send-mail";
import { demandStill } from "@/server/members/authority";
import { invitationLink, mailInvitations } from "@/server/members/mail-invitation";
import { lockMembers } from "@/server/members/members.sql";
import type { InviteInput, InviteResult, InviteStatus } from "@/server/members/schema";

/** An org is no means to send mail to strangers. */
const inviteRequests: Limit = { name: "invite:org", max: 60, windowSeconds: 3600 };
const MAX_PER_DAY = 500;

/**
 * Invites addresses, each with a link that works once, for that address alone. What cannot be invited is said per
 * address and stops nobody else. @throws AppError forbidden (owners_only), limit
 */
export async function invite(access: OrgAccess, input: InviteInput): Promise<InviteResult[]> {
  await throttle({ limit: inviteRequests, subject: access.org.id });
  return access.inScope((scope) => inviteInScope(scope, input));
}

async function inviteInScope(scope: OrgScope, input: InviteInput): Promise<InviteResult[]> {
  await lockMembers(scope);
  await demandStill(scope, input.role === "owner" ? "owners:write" : "members:write");
  const judged = await judge(scope, input.addresses);
  const fresh = judged.filter(({ status }) => status === "invited").map(({ address }) => address);
  await demandRoom(scope, fresh.length);
  const links = await insertInvitations(scope, fresh, input);
  return judged.map((one) => ({ ...one, link: hasMailServer() ? null : (links.get(one.address) ?? null) }));
}

type Judged = { address: string; status: InviteStatus };

/** What is to become of each address, in order; an address that is there twice is invited once. */
async function judge({ db }: OrgScope, texts: readonly string[]): Promise<Judged[]> {
  const parsed = texts.map((text) => ({ text: text.trim(), email: Email.safeParse(text).data ?? null }));
  const emails = parsed.flatMap(({ email }) => email ?? []);
  const members = await db.membership.findMany({
    where: { user: { email: { in: emails } } },
    select: { user: { select: { email: true } } },
  });
  const open = await db.invitation.findMany({
    where: { email: { in: emails }, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { email: true },
  });
  const joined = new Set(members.map(({ user }) => user.email));
  const invited = new Set(open.map(({ email }) => email));
  return parsed.map(({ text, email }) => {
    if (!email) return { address: text, status: "not_an_address" };
    if (joined.has(email)) return { address: email, status: "already_member" };
    if (invited.has(email)) return { address: email, status: "already_invited" };
    invited.add(email);
    return { address: email, status: "invited" };
  });
}

async function demandRoom({ db }: OrgScope, count: number) {
  const recent = await db.invitation.count({ where: { createdAt: { gt: new Date(Date.now() - MS_PER_DAY) } } });
  if (recent + count <= MAX_PER_DAY) return;
  throw new AppError("limit", "too_many_invitations", {
    message: `An organization can send ${MAX_PER_DAY} invitations a day.`,
    retryAfterSeconds: 3600,
  });
}

/** @returns the link of each address; mailed after the commit */
async function insertInvitations(scope: OrgScope, emails: readonly string[], input: InviteInput) {
  const { db, org, actor } = scope;
  const made = emails.map((email) => ({ id: randomUUID(), email, token: newSecret() }));
  // Only expired ones can be left here: the new invitation takes their place.
  await db.invitation.updateMany({
    where: { email: { in: [...emails] }, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  await db.invitation.createMany({
    data: made.map(({ id, email, token }) => ({
      orgId: org.id,
      id,
      email,
      role: input.role,
      tokenHash: hashSecret(token),
      isMailed: hasMailServer(),
      invitedBy: actor.type === "user" ? actor.id : null,
      expiresAt: addDays(new Date(), input.expiresInDays),
    })),
  });
  for (const { id, email } of made) {
    scope.audit({
      action: "member.invite",
      target: { type: "invitation", id, name: email },
      after: { role: input.role, expiresInDays: input.expiresInDays },
    });
  }
  await mailInvitations(scope, made, { role: input.role, days: input.expiresInDays });
  return new Map(made.map(({ email, token }) => [email, invitationLink(token)]));
}
