import { type Account, accountColumns } from "@/server/auth/account";
import { type AccountEntry, withAccountLog } from "@/server/auth/account-log";
import { countTry } from "@/server/auth/credential-limits";
import { endOtherWaysIn } from "@/server/auth/end-sessions";
import { issueToken, peekToken, redeemToken } from "@/server/auth/one-time-tokens";
import { hashPassword } from "@/server/auth/password";
import { assertPasswordAllowed } from "@/server/auth/password-policy";
import type { RequestLinkInput, ResetPasswordInput } from "@/server/auth/schema";
import type { Caller } from "@/server/auth/scope";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { MAIL_ANSWER_MS, proveMailbox } from "@/server/auth/verify-email";
import { prisma } from "@/server/db/client";
import { appUrl } from "@/server/lib/app-url";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { settleNoSooner } from "@/server/lib/no-sooner";
import { sendMail } from "@/server/mail/send-mail";

const LIFETIME_MINUTES = 60;

/** Mails a link to set a new password, if the address has an account; answers alike if not. @throws AppError limit */
export async function requestPasswordReset({ email }: RequestLinkInput, client: ClientInfo): Promise<void> {
  await settleNoSooner(MAIL_ANSWER_MS, async () => {
    await countTry({ path: "mail_link", email, client });
    const account = await prisma().user.findFirst({ where: { email }, select: accountColumns });
    if (account) await sendResetLink(account);
  });
}

/** For somebody signed in who has no password yet: the mail proves more than the session does. @throws AppError limit */
export async function sendPasswordLink({ user, client }: Pick<Caller, "user" | "client">): Promise<void> {
  await countTry({ path: "mail_link", email: user.email, client });
  await sendResetLink(user);
}

async function sendResetLink({ id, email, name, locale }: Account): Promise<void> {
  const token = await issueToken({
    purpose: "reset_password",
    email,
    userId: id,
    lifetimeMinutes: LIFETIME_MINUTES,
  });
  const link = appUrl("/reset-password", { token });
  await sendMail({ to: email, template: "resetPassword", values: { name, link, minutes: LIFETIME_MINUTES }, locale });
}

/**
 * Sets a new password by the mailed link and ends all sessions. The mail was read, so the address is confirmed, too.
 * @throws AppError unauthenticated link_expired; invalid for a password that is guessed first, the link can be used again
 */
export async function resetPassword({ token, password }: ResetPasswordInput, client: ClientInfo): Promise<void> {
  await countTry({ path: "redeem", email: null, client });
  const account = await accountOf(await peekToken("reset_password", token));
  await assertPasswordAllowed(password, account);
  if (!(await redeemToken("reset_password", token))) throw linkExpired();
  await proveMailbox(account, client);
  await setPassword({ account, action: "password.reset", client }, { password, keepSessionId: null });
}

/**
 * Sets a password; ends all sessions but the named one, and makes links that were mailed before useless. Written to the
 * audit logs of the person's orgs, and told to the person.
 */
export async function setPassword(
  entry: Omit<AccountEntry, "account"> & { account: Account },
  { password, keepSessionId }: { password: string; keepSessionId: string | null },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  const { id } = entry.account;
  await withAccountLog(entry, async (tx) => {
    await tx.user.updateMany({ where: { id }, data: { passwordHash } });
    await endOtherWaysIn(tx, id, keepSessionId);
  });
  await tellOfChange(entry.account, "password");
}

async function accountOf(token: { userId: string | null; email: string } | null): Promise<Account> {
  if (!token?.userId) throw linkExpired();
  const account = await prisma().user.findFirst({
    where: { id: token.userId, email: token.email },
    select: accountColumns,
  });
  if (!account) throw linkExpired();
  return account;
}

const linkExpired = () =>
  new AppError("unauthenticated", "link_expired", { message: "This link was used before or is too old." });
