import { MailInput } from "@/server/mail/schema";
import { listOutbox, readOutboxMail } from "@/server/mail/outbox";
import { operatorProcedure, router } from "@/server/trpc/procedures";

/** The mails of the installation, for whoever runs it. */
export const outboxRouter = router({
  list: operatorProcedure.query(() => listOutbox()),

  get: operatorProcedure.input(MailInput).query(({ input }) => readOutboxMail(input.mailId)),
});
