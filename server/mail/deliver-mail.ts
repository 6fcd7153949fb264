import { createTransport } from "nodemailer";
import { prisma } from "@/server/db/client";
import { env } from "@/server/env";
import { redactText } from "@/server/lib/redact";
import type { MailBody } from "@/server/mail/compose";
import { mailContext } from "@/server/mail/send-mail";
import { openForInstallation } from "@/server/secrets/installation-key";

/**
 * Hands one mail to the mail server (env SMTP_URL); once it is taken, its text is dropped. A mail that was sent or is
 * kept is left alone. @throws what the server says, for the job to be tried again
 */
export async function deliverMail(mailId: string): Promise<void> {
  const mail = await prisma().mail.findFirst({ where: { id: mailId, state: { in: ["queued", "failed"] } } });
  const { SMTP_URL, MAIL_FROM } = env();
  if (!mail?.sealedBody || !SMTP_URL) return;
  const body: MailBody = JSON.parse(await openForInstallation(mail.sealedBody, mailContext(mailId)));
  const transport = createTransport(SMTP_URL, { from: MAIL_FROM });
  try {
    // The same id at every attempt: a server that took it twice can tell.
    await transport.sendMail({ ...body, to: mail.recipient, messageId: `<${mailId}@tollkeeper>` });
    await prisma().mail.updateMany({
      where: { id: mailId },
      data: { state: "sent", sentAt: new Date(), sealedBody: null, error: null },
    });
  } catch (error) {
    const reason = redactText(error instanceof Error ? error.message : String(error)).slice(0, 300);
    await prisma().mail.updateMany({ where: { id: mailId }, data: { state: "failed", error: reason } });
    throw error;
  } finally {
    transport.close();
  }
}
