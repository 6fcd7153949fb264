import { accountColumns } from "@/server/auth/account";
import { countTry } from "@/server/auth/credential-limits";
import { issueToken } from "@/server/auth/one-time-tokens";
import type { RequestLinkInput } from "@/server/auth/schema";
import { MAIL_ANSWER_MS } from "@/server/auth/verify-email";
import { prisma } from "@/server/db/client";
import { appUrl } from "@/server/lib/app-url";
import type { ClientInfo } from "@/server/lib/client-info";
import { settleNoSooner } from "@/server/lib/no-sooner";
import { sendMail } from "@/server/mail/send-mail";

const LIFETIME_MINUTES = 15;

/**
 * Mails a link that signs in, if the address has an account; answers alike if not. Opening the link shows a button: mail
 * programs that look at links do not use it up. @throws AppError limit
 */
export async function requestMagicLink({ email, callbackPath }: RequestLinkInput, client: ClientInfo): Promise<void> {
  await settleNoSooner(MAIL_ANSWER_MS, async () => {
    await countTry({ path: "mail_link", email, client });
    const account = await prisma().user.findFirst({ where: { email }, select: accountColumns });
    if (!account) return;
    const token = await issueToken({
      purpose: "magic_link",
      email,
      userId: account.id,
      lifetimeMinutes: LIFETIME_MINUTES,
    });
    const link = appUrl("/sign-in/link", { token, ...(callbackPath ? { callbackUrl: callbackPath } : {}) });
    const { name, locale } = account;
    await sendMail({ to: email, template: "magicLink", values: { name, link, minutes: LIFETIME_MINUTES }, locale });
  });
}
