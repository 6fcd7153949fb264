import { withAccountLog } from "@/server/auth/account-log";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import type { ClientInfo } from "@/server/lib/client-info";
import { MS_PER_DAY } from "@/server/lib/time";

/** A session ends this long after sign-in whatever happens, and this long after it was last used. */
export const SESSION_LIFETIME_DAYS = 30;
const IDLE_DAYS = 14;
const TOUCH_EVERY_MS = 5 * 60_000;

/** How somebody proved who they are: "password", "magic_link", "google", "github" or "oidc:<org id>". */
export type SignInProof = { method: string; twoFactor: boolean };

export type SessionStart = {
  account: { id: string; email: string };
  proof: SignInProof;
  client: ClientInfo;
  /** The browser's session until now, whoever's: it ends, so that no copy of its cookie lives on. */
  previousSessionId?: string | null;
};

/**
 * Every sign-in is a session of its own: nothing of an earlier one lives on in it. Written to the person's history and to
 * the audit logs of their orgs. @returns its id
 */
export async function startSession({ account, proof, client, previousSessionId }: SessionStart): Promise<string> {
  const expiresAt = new Date(Date.now() + SESSION_LIFETIME_DAYS * MS_PER_DAY);
  return withAccountLog({ account, action: "session.start", method: proof.method, client }, async (tx) => {
    if (previousSessionId) await revokeSessions(tx, { id: previousSessionId });
    const { id } = await tx.userSession.create({
      data: { userId: account.id, expiresAt, ...proof, ...client },
      select: { id: true },
    });
    return id;
  });
}

export type SessionUser = {
  id: string;
  email: string;
  name: string;
  locale: string | null;
  isVerified: boolean;
  session: SignInProof & { id: string };
};

/** Which sessions count at `now`. */
export const liveAt = (now: Date) => ({
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

/** Ends one session at the next request: signing out. */
export const endSession = (sessionId: string) => revokeSessions(prisma(), { id: sessionId });

/** Ends sessions, in every process at their next request. @returns how many were still going */
export async function revokeSessions(
  tx: Prisma.TransactionClient,
  which: Prisma.UserSessionWhereInput,
): Promise<number> {
  const { count } = await tx.userSession.updateMany({
    where: { AND: [which, { revokedAt: null }] },
    data: { revokedAt: new Date() },
  });
  return count;
}
