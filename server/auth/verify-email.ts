import { type Account, accountColumns } from "@/server/auth/account";
import { type AccountEntry, addAccountEvent } from "@/server/auth/account-log";
import { countTry } from "@/server/auth/credential-limits";
import { issueToken, redeemToken } from "@/server/auth/one-time-tokens";
import type { RequestLinkInput } from "@/server/auth/schema";
import { revokeSessions } from "@/server/auth/sessions";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { appUrl } from "@/server/lib/app-url";
import type { ClientInfo } from "@/server/lib/client-info";
import { AppError } from "@/server/lib/errors";
import { settleNoSooner } from "@/server/lib/no-sooner";
import { hasMailServer, sendMail } from "@/server/mail/send-mail";

const LIFETIME_HOURS = 24;

/** Longer than looking an address up and writing a mail takes: the answer tells nothing about the address. */
export const MAIL_ANSWER_MS = 400;

/** Mails the link that confirms the account's address, and leads on to `callbackPath`. */
export async function sendVerification(account: Account, callbackPath?: string): Promise<void> {
  const { id, email, name, locale } = account;
  const token = await issueToken({
    purpose: "verify_email",
    email,
    userId: id,
    lifetimeMinutes: LIFETIME_HOURS * 60,
  });
  const link = appUrl("/verify-email", { token, ...(callbackPath ? { callbackUrl: callbackPath } : {}) });
  await sendMail({ to: email, template: "verifyEmail", values: { name, link, hours: LIFETIME_HOURS }, locale });
}

/** Mails the link again, if there is an account that needs it; answers alike if not. @throws AppError limit */
export async function resendVerification({ email, callbackPath }: RequestLinkInput, client: ClientInfo): Promise<void> {
  await settleNoSooner(MAIL_ANSWER_MS, async () => {
    await countTry({ path: "mail_link", email, client });
    const account = await prisma().user.findFirst({ where: { email, emailVerifiedAt: null }, select: accountColumns });
    if (account) await sendVerification(account, callbackPath);
  });
}

/**
 * Confirms an address by the mailed link, after its account's password: a stranger who signed up with somebody else's
 * address knows the password but never sees the link, and the address's owner has the link but not that password.
 * @throws AppError unauthenticated link_expired
 */
export async function confirmAddress(account: Account, token: string, client: ClientInfo): Promise<void> {
  const redeemed = await redeemToken("verify_email", token);
  if (redeemed?.userId !== account.id || redeemed.email !== account.email) {
    throw new AppError("unauthenticated", "link_expired", { message: "This link was used before or is too old." });
  }
  await markVerified(account, client);
}

/**
 * Somebody read a mail to the account's address. What opened the account before anybody had proven that may be a
 * stranger's, who signed up with this address to wait for its owner: password, linked identities and sessions stop
 * working, with the proof or not at all. Without a mail server there is no such proof anywhere, and nobody expects one.
 */
export const proveMailbox = (account: Account, client: ClientInfo): Promise<void> =>
  prisma().$transaction(async (tx) => {
    const isNew = await verify(tx, account, client);
    if (!isNew || !hasMailServer()) return;
    await tx.user.updateMany({ where: { id: account.id }, data: { passwordHash: null } });
    await tx.userIdentity.deleteMany({ where: { userId: account.id } });
    await revokeSessions(tx, { userId: account.id });
  });

export const markVerified = (account: AccountEntry["account"], client: ClientInfo): Promise<boolean> =>
  prisma().$transaction((tx) => verify(tx, account, client));

/** @returns whether the address had not been confirmed before */
async function verify(tx: Prisma.TransactionClient, account: AccountEntry["account"], client: ClientInfo) {
  const { count } = await tx.user.updateMany({
    where: { id: account.id, emailVerifiedAt: null },
    data: { emailVerifiedAt: new Date() },
  });
  if (count === 1) await addAccountEvent(tx, { account, action: "email.verify", client });
  return count === 1;
}
