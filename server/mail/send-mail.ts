import { randomUUID } from "node:crypto";
import { isLocale, type Locale, locales } from "@/i18n/locales";
import { prisma } from "@/server/db/client";
import { env } from "@/server/env";
import { enqueue } from "@/server/jobs/enqueue";
import { logger } from "@/server/lib/logger";
import { composeMail, type MailBody, type MailTemplate, type MailValues } from "@/server/mail/compose";
import { sealForInstallation } from "@/server/secrets/installation-key";

export type MailOrder<Template extends MailTemplate> = {
  to: string;
  template: Template;
  values: MailValues[Template];
  /** Of the reader; English when it is not known. */
  locale: string | null;
  attachment?: MailAttachment;
};

/** Kept sealed with the mail until that is sent: a few megabytes at most. */
export type MailAttachment = { filename: string; contentType: string; content: Buffer };

/** Bound to its row: the body of one mail does not open as that of another. */
export const mailContext = (mailId: string) => `tollkeeper:mail:${mailId}`;

/** Whether mail leaves this installation; else it stays where the operator can read it. */
export const hasMailServer = () => Boolean(env().SMTP_URL);

/**
 * Puts a mail on its way; the worker delivers it. With no mail server it is kept for the operator to read. Call it after
 * the commit of what it speaks of. A queue that is down does not lose it: the sweep finds it.
 */
export async function sendMail<Template extends MailTemplate>(order: MailOrder<Template>): Promise<void> {
  const id = randomUUID();
  const body: MailBody = {
    ...composeMail(order.template, order.values, toLocale(order.locale)),
    ...(order.attachment && { attachments: [asText(order.attachment)] }),
  };
  await prisma().mail.createMany({
    data: [
      {
        id,
        recipient: order.to,
        template: order.template,
        sealedBody: await sealForInstallation(JSON.stringify(body), mailContext(id)),
        state: hasMailServer() ? "queued" : "kept",
      },
    ],
  });
  if (!hasMailServer()) return;
  await enqueue("mail.deliver", { mailId: id }).catch((err: unknown) =>
    logger().warn({ err, mailId: id }, "mail waits"),
  );
}

const asText = ({ content, ...rest }: MailAttachment) => ({
  ...rest,
  content: content.toString("base64"),
  encoding: "base64" as const,
});

const toLocale = (locale: string | null): Locale => (isLocale(locale) ? locale : locales[0]);
