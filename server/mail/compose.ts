import { createTranslator } from "use-intl/core";
import type { Locale } from "@/i18n/locales";
import en from "@/messages/en.json";
import ko from "@/messages/ko.json";
import { renderHtml, renderText } from "@/server/mail/render";

const messages: Record<Locale, typeof en> = { en, ko };

/** What each mail says beside its sentences (message files, "mail"): names, and where its button leads. */
export type MailValues = {
  verifyEmail: { name: string; link: string; hours: number };
  accountExists: { name: string; link: string };
  resetPassword: { name: string; link: string; minutes: number };
  magicLink: { name: string; link: string; minutes: number };
  invitation: { inviter: string; org: string; role: "owner" | "admin" | "reader"; link: string; days: number };
  accountChanged: { name: string; link: string; change: AccountChange };
  orgDeletion: { name: string; org: string; link: string; date: string };
  domainFailing: { name: string; org: string; domain: string; link: string; date: string };
  exportAttached: ExportMail;
  exportReady: ExportMail;
  exportFailed: Omit<ExportMail, "rows"> & { reason: string };
  domainLost: { name: string; org: string; domain: string; link: string };
};

/** Of a scheduled export: its name, the first and the last day in it, and how many rows it has. */
type ExportMail = { name: string; org: string; export: string; from: string; to: string; rows: string; link: string };

export type AccountChange =
  | "password"
  | "twoFactorOn"
  | "twoFactorOff"
  | "recoveryCodes"
  | "recoveryCodeUsed"
  | "identityLinked"
  | "identityUnlinked";

export type MailTemplate = keyof MailValues;

export type MailBody = {
  subject: string;
  text: string;
  html: string;
  attachments?: { filename: string; contentType: string; content: string; encoding: "base64" }[];
};

/** A mail in the reader's language, as plain text and as HTML; every value is escaped in the HTML. */
export function composeMail<Template extends MailTemplate>(
  template: Template,
  values: MailValues[Template],
  locale: Locale,
): MailBody {
  const t = createTranslator({ locale, messages: messages[locale], namespace: `mail.${template as "verifyEmail"}` });
  const say = (key: string) => t(key as "subject", values as Record<string, string>);
  const parts = {
    locale,
    subject: say("subject"),
    paragraphs: [say("greeting"), say("body")],
    action: { label: say("action"), href: values.link },
    note: say("note"),
  };
  // A line break would start another header.
  const subject = parts.subject.replaceAll(/\s+/g, " ");
  return { subject, text: renderText(parts), html: renderHtml(parts) };
}
