import { sweepMails } from "@/server/mail/sweep";
import type { Handler } from "@/workers/runtime";

export const mailSweep: Handler<"mail.sweep"> = async (_payload, { log }) => {
  const requeued = await sweepMails();
  if (requeued > 0) log.info({ requeued }, "mails queued again");
};
