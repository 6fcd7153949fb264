import { accountColumns } from "@/server/auth/account";
import { addAccountEvent } from "@/server/auth/account-log";
import { insertUser } from "@/server/auth/create-user";
import { countTry } from "@/server/auth/credential-limits";
import { assertPasswordAllowed } from "@/server/auth/password-policy";
import type { SignUpInput } from "@/server/auth/schema";
import { MAIL_ANSWER_MS, sendVerification } from "@/server/auth/verify-email";
import { prisma } from "@/server/db/client";
import { appUrl } from "@/server/lib/app-url";
import type { ClientInfo } from "@/server/lib/client-info";
import { settleNoSooner } from "@/server/lib/no-sooner";
import { hasMailServer, sendMail } from "@/server/mail/send-mail";

/** What comes next for whoever signed up: decided by the installation, not by what the address has. */
export type SignUpAnswer = { next: "confirm_address" | "sign_in" };

/**
 * Makes an account, or tells the owner of the one there is; whoever asks cannot tell which. With a mail server the
 * address has to be confirmed before the account can be used, without one it can be used at once.
 * @throws AppError invalid for a password that is guessed first, limit
 */
export async function signUp(input: SignUpInput, client: ClientInfo): Promise<SignUpAnswer> {
  await assertPasswordAllowed(input.password, input);
  return settleNoSooner(MAIL_ANSWER_MS, async () => {
    await countTry({ path: "sign_up", email: input.email, client });
    const isNew = await insertUser(input, { emailVerifiedAt: null });
    await tellOwner(input, isNew, client);
    return { next: hasMailServer() ? "confirm_address" : "sign_in" };
  });
}

async function tellOwner({ email, callbackPath }: SignUpInput, isNew: boolean, client: ClientInfo) {
  const { emailVerifiedAt, ...account } = await prisma().user.findFirstOrThrow({
    where: { email },
    select: { ...accountColumns, emailVerifiedAt: true },
  });
  if (isNew) await addAccountEvent(prisma(), { account, action: "account.create", client });
  if (!emailVerifiedAt) return sendVerification(account, callbackPath);
  const { name, locale } = account;
  await sendMail({ to: email, template: "accountExists", values: { name, link: appUrl("/sign-in") }, locale });
}
