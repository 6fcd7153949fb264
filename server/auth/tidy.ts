import { prisma } from "@/server/db/client";
import { addDays } from "@/server/lib/time";

/** How long what is over is kept, in days. */
export const KEPT_DAYS = {
  /** Used or expired links and half-finished sign-ins. */
  oneTimeTokens: 1,
  /** Longer than any limit's window. */
  throttleHits: 1,
  /** As long as an ended session makes its network a familiar one. */
  sessions: 90,
  mails: 30,
  accountEvents: 365,
} as const;

/** Deletes what nobody needs any more. @returns how many rows of each kind */
export async function tidyAccounts(now = new Date()): Promise<Record<keyof typeof KEPT_DAYS, number>> {
  const before = (kind: keyof typeof KEPT_DAYS) => ({ lt: addDays(now, -KEPT_DAYS[kind]) });
  const tokens = before("oneTimeTokens");
  const deleted = {
    oneTimeTokens: await prisma().oneTimeToken.deleteMany({
      where: { OR: [{ expiresAt: tokens }, { usedAt: tokens }] },
    }),
    throttleHits: await prisma().throttleHit.deleteMany({ where: { at: before("throttleHits") } }),
    // Idle for as long as that, a session is over, whether or not somebody ended it.
    sessions: await prisma().userSession.deleteMany({ where: { lastSeenAt: before("sessions") } }),
    mails: await prisma().mail.deleteMany({ where: { createdAt: before("mails") } }),
    accountEvents: await prisma().accountEvent.deleteMany({ where: { at: before("accountEvents") } }),
  };
  return {
    oneTimeTokens: deleted.oneTimeTokens.count,
    throttleHits: deleted.throttleHits.count,
    sessions: deleted.sessions.count,
    mails: deleted.mails.count,
    accountEvents: deleted.accountEvents.count,
  };
}
