import type { OrgScope } from "@/server/auth/scope";
import { appUrl } from "@/server/lib/app-url";
import { sendMail } from "@/server/mail/send-mail";
import type { Role } from "@/server/members/schema";

export const invitationLink = (token: string) => appUrl(`/invitations/${token}`);

type Terms = { role: Role; days: number };

/** Puts invitations on their way once the transaction has committed; in the reader's language where it is known. */
export async function mailInvitations(
  scope: OrgScope,
  invitations: readonly { email: string; token: string }[],
  { role, days }: Terms,
): Promise<void> {
  const inviter = await findInviter(scope);
  const readers = await scope.db.user.findMany({
    where: { email: { in: invitations.map(({ email }) => email) } },
    select: { email: true, locale: true },
  });
  const locales = new Map(readers.map(({ email, locale }) => [email, locale]));
  for (const { email, token } of invitations) {
    const values = { inviter: inviter.name, org: scope.org.name, role, link: invitationLink(token), days };
    const locale = locales.get(email) ?? inviter.locale;
    scope.afterCommit(() => sendMail({ to: email, template: "invitation", values, locale }));
  }
}

/** The operator's commands speak for the organization. */
async function findInviter({ actor, db, org }: OrgScope): Promise<{ name: string; locale: string | null }> {
  if (actor.type !== "user") return { name: org.name, locale: null };
  return db.user.findFirstOrThrow({ where: { id: actor.id }, select: { name: true, locale: true } });
}
