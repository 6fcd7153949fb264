import { isLocale, type Locale, locales } from "@/i18n/locales";
import type { OrgScope } from "@/server/auth/scope";
import type { Role } from "@/server/db/generated/enums";
import type { MailTemplate, MailValues } from "@/server/mail/compose";
import { sendMail } from "@/server/mail/send-mail";

type Values<Template extends MailTemplate> = (reader: { name: string; locale: Locale }) => MailValues[Template];

/** Writes to each owner in their own language, once the transaction has committed. */
export const mailOwners = <Template extends MailTemplate>(
  scope: OrgScope,
  template: Template,
  valuesFor: Values<Template>,
): Promise<void> => mailMembers(scope, { roles: ["owner"], template }, valuesFor);

/** The same for everybody who has one of some roles. */
export async function mailMembers<Template extends MailTemplate>(
  scope: OrgScope,
  { roles, template }: { roles: readonly Role[]; template: Template },
  valuesFor: Values<Template>,
): Promise<void> {
  const members = await scope.db.membership.findMany({
    where: { role: { in: [...roles] } },
    select: { user: { select: { email: true, name: true, locale: true } } },
  });
  for (const { user } of members) {
    const locale = isLocale(user.locale) ? user.locale : locales[0];
    const values = valuesFor({ name: user.name, locale });
    scope.afterCommit(() => sendMail({ to: user.email, template, values, locale }));
  }
}

/** A day as a mail says it: "December 1, 2026". */
export const dayText = (instant: Date, { locale, timeZone }: { locale: Locale; timeZone: string }): string =>
  instant.toLocaleDateString(locale, { dateStyle: "long", timeZone });
