import { MailInput } from "@/server/mail/schema";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { hasMailServer } from "@/server/mail/send-mail";
import { operatorProcedure, router } from "@/server/trpc/procedures";

/** The mails of the installation, for whoever runs it. */
export const outboxRouter = router({
  list: operatorProcedure.query(async () => ({ hasMailServer: hasMailServer(), mails: await listOutbox() })),

  get: operatorProcedure.input(MailInput).query(({ input }) => readOutboxMail(input.mailId)),
});
