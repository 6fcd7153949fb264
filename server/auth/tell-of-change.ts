import type { Account } from "@/server/auth/account";
import { appUrl } from "@/server/lib/app-url";
import type { AccountChange } from "@/server/mail/compose";
import { sendMail } from "@/server/mail/send-mail";

/** Tells the owner of an account what has changed about getting into it; after the commit. */
export const tellOfChange = ({ email, name, locale }: Omit<Account, "id">, change: AccountChange): Promise<void> =>
  sendMail({
    to: email,
    template: "accountChanged",
    values: { name, link: appUrl("/account/security"), change },
    locale,
  });
