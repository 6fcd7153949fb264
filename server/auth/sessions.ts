import { prisma } from "@/server/db/client";
import { type ClientInfo, noClient } from "@/server/lib/client-info";
import { MS_PER_DAY } from "@/server/lib/time";

/** A session ends this long after sign-in whatever happens, and this long after it was last used. */
export const SESSION_LIFETIME_DAYS = 30;
const IDLE_DAYS = 14;
const TOUCH_EVERY_MS = 5 * 60_000;

/** How somebody proved who they are: "password", "magic_link", "google", "github" or "oidc:<org id>". */
export type SignInProof = { method: string; twoFactor: boolean };

/** Every sign-in is a session of its own: nothing of an earlier one lives on in it. */
export async function startSession(userId: string, proof: SignInProof, client: ClientInfo = noClient): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_DAYS * MS_PER_DAY);
  const { id } = await prisma().userSession.create({
    data: { userId, expiresAt, ...proof, ...client },
    select: { id: true },
  });
  return id;
}

export type SessionUser = {
  id: string;
  email: string;
  name: string;
  locale: string | null;
  isVerified: boolean;
  session: SignInProof & { id: string };
};

const liveAt = (now: Date) => ({
  revokedAt: null,
  expiresAt: { gt: now },
  lastSeenAt: { gt: new Date(now.getTime() - IDLE_DAYS * MS_PER_DAY) },
});

const sessionColumns = { id: true, method: true, twoFactor: true, lastSeenAt: true } as const;
const userColumns = { id: true, email: true, name: true, locale: true, emailVerifiedAt: true } as const;

/** The person behind a session, read on every request: a revoked or expired one is nobody. */
export async function findSessionUser(sessionId: string): Promise<SessionUser | null> {
  const now = new Date();
  const found = await prisma().userSession.findFirst({
    where: { id: sessionId, ...liveAt(now) },
    select: { ...sessionColumns, user: { select: userColumns } },
  });
  if (!found) return null;
  if (now.getTime() - found.lastSeenAt.getTime() > TOUCH_EVERY_MS) {
    await prisma().userSession.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  const { id, method, twoFactor } = found;
  const { emailVerifiedAt, ...user } = found.user;
  return { ...user, isVerified: emailVerifiedAt !== null, session: { id, method, twoFactor } };
}

/** Ends one session at the next request. */
export const revokeSession = (sessionId: string) =>
  prisma().userSession.updateMany({ where: { id: sessionId, revokedAt: null }, data: { revokedAt: new Date() } });
