import { prisma } from "@/server/db/client";
import { enqueue } from "@/server/jobs/enqueue";
import { MS_PER_DAY } from "@/server/lib/time";
import { hasMailServer } from "@/server/mail/send-mail";

const MINUTE_MS = 60_000;
/** A mail is handed over within seconds: one that still waits then has lost its job. */
const LOST_AFTER_MS = 2 * MINUTE_MS;
/** The job's own attempts are over by then. Links in older mails have expired. */
const RETRY_AFTER_MS = 60 * MINUTE_MS;
const GIVE_UP_AFTER_MS = MS_PER_DAY;
const MAX_PER_SWEEP = 500;

/** Queues mails again whose job was lost or has given up, for a day. @returns how many */
export async function sweepMails(now = new Date()): Promise<number> {
  if (!hasMailServer()) return 0;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const waiting = await prisma().mail.findMany({
    where: {
      createdAt: { gt: ago(GIVE_UP_AFTER_MS) },
      OR: [
        { state: "queued", createdAt: { lt: ago(LOST_AFTER_MS) } },
        { state: "failed", createdAt: { lt: ago(RETRY_AFTER_MS) } },
      ],
    },
    orderBy: { createdAt: "asc" },
    take: MAX_PER_SWEEP,
    select: { id: true },
  });
  for (const { id } of waiting) await enqueue("mail.deliver", { mailId: id });
  return waiting.length;
}
