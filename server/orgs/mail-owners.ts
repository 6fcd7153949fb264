import { isLocale, type Locale, locales } from "@/i18n/locales";
import type { OrgScope } from "@/server/auth/scope";
import type { MailTemplate, MailValues } from "@/server/mail/compose";
import { sendMail } from "@/server/mail/send-mail";

/** Writes to each owner in their own language, once the transaction has committed. */
export async function mailOwners<Template extends MailTemplate>(
  scope: OrgScope,
  template: Template,
  valuesFor: (owner: { name: string; locale: Locale }) => MailValues[Template],
): Promise<void> {
  const owners = await scope.db.membership.findMany({
    where: { role: "owner" },
    select: { user: { select: { email: true, name: true, locale: true } } },
  });
  for (const { user } of owners) {
    const locale = isLocale(user.locale) ? user.locale : locales[0];
    const values = valuesFor({ name: user.name, locale });
    scope.afterCommit(() => sendMail({ to: user.email, template, values, locale }));
  }
}

/** A day as a mail says it: "December 1, 2026". */
export const dayText = (instant: Date, { locale, timeZone }: { locale: Locale; timeZone: string }): string =>
  instant.toLocaleDateString(locale, { dateStyle: "long", timeZone });
