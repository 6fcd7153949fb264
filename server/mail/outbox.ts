import { prisma } from "@/server/db/client";
import type { MailState } from "@/server/db/generated/enums";
import { notFound } from "@/server/lib/errors";
import type { MailBody } from "@/server/mail/compose";
import { mailContext } from "@/server/mail/send-mail";
import { openForInstallation } from "@/server/secrets/installation-key";

export type OutboxMail = {
  id: string;
  recipient: string;
  template: string;
  state: MailState;
  error: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

const PAGE = 100;

/** The newest mails of the installation, without their texts. For the operator alone: mails hold links that sign in. */
export const listOutbox = (): Promise<OutboxMail[]> =>
  prisma().mail.findMany({
    orderBy: { createdAt: "desc" },
    take: PAGE,
    select: { id: true, recipient: true, template: true, state: true, error: true, createdAt: true, sentAt: true },
  });

/** @throws AppError not_found, also for a mail that was sent: its text is gone. */
export async function readOutboxMail(
  mailId: string,
): Promise<OutboxMail & Omit<MailBody, "attachments"> & { attachmentNames: string[] }> {
  const mail = await prisma().mail.findFirst({ where: { id: mailId } });
  if (!mail?.sealedBody) throw notFound("mail");
  const { attachments, ...body }: MailBody = JSON.parse(
    await openForInstallation(mail.sealedBody, mailContext(mailId)),
  );
  const { sealedBody: _sealed, ...rest } = mail;
  return { ...rest, ...body, attachmentNames: (attachments ?? []).map(({ filename }) => filename) };
}
