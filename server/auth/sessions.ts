import { prisma } from "@/server/db/client";
import { MS_PER_DAY } from "@/server/lib/time";

/** A session ends this long after sign-in whatever happens, and this long after it was last used. */
export const SESSION_LIFETIME_DAYS = 30;
const IDLE_DAYS = 14;
const TOUCH_EVERY_MS = 5 * 60_000;

export async function startSession(userId: string): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_DAYS * MS_PER_DAY);
  const { id } = await prisma().userSession.create({ data: { userId, expiresAt }, select: { id: true } });
  return id;
}

export type SessionUser = { id: string; email: string; name: string; locale: string | null };

/** The person behind a session, read on every request: a revoked or expired one is nobody. */
export async function findSessionUser(sessionId: string): Promise<SessionUser | null> {
  const now = new Date();
  const session = await prisma().userSession.findFirst({
    where: {
      id: sessionId,
      revokedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_DAYS * MS_PER_DAY) },
    },
    select: { lastSeenAt: true, user: { select: { id: true, email: true, name: true, locale: true } } },
  });
  if (!session) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
    await prisma().userSession.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  return session.user;
}

export const revokeSession = (sessionId: string) =>
  prisma().userSession.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
