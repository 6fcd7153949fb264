import { type AccountEntry, withAccountLog } from "@/server/auth/account-log";
import { liveAt, revokeSessions } from "@/server/auth/sessions";
import { prisma } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";
import { notFound } from "@/server/lib/errors";

export type Which = { sessionId: string } | { except: string } | "all";

/**
 * Ends one, all other or all sessions of a person, in every process at their next request.
 * @returns how many ended @throws AppError not_found for a session that is not the person's or has ended
 */
export async function endSessions(entry: Omit<AccountEntry, "action">, which: Which): Promise<number> {
  const where = { userId: entry.account.id, ...liveAt(new Date()), ...conditionOf(which) };
  const ids = (await prisma().userSession.findMany({ where, select: { id: true } })).map(({ id }) => id);
  if (ids.length === 0) {
    if (which !== "all" && "sessionId" in which) throw notFound("session");
    return 0;
  }
  return withAccountLog({ ...entry, action: "session.revoke" }, (tx) => revokeSessions(tx, { id: { in: ids } }));
}

function conditionOf(which: Which): Prisma.UserSessionWhereInput {
  if (which === "all") return {};
  return { id: "sessionId" in which ? which.sessionId : { not: which.except } };
}

/** Sessions but one, mailed links, and sign-ins that wait for their second factor. */
export async function endOtherWaysIn(
  tx: Prisma.TransactionClient,
  userId: string,
  keepSessionId: string | null,
): Promise<void> {
  await revokeSessions(tx, { userId, ...(keepSessionId ? { id: { not: keepSessionId } } : {}) });
  await tx.oneTimeToken.updateMany({
    where: { userId, usedAt: null, purpose: { in: ["reset_password", "magic_link", "second_factor"] } },
    data: { usedAt: new Date() },
  });
}
