import type { SessionUser } from "@/server/auth/sessions";
import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";

const FRESH_MINUTES = 30;

/**
 * For what would lock an account's owner out if a stolen session could do it.
 * @throws AppError forbidden sign_in_again when the session began too long ago
 */
export async function assertFreshSession({ session }: SessionUser): Promise<void> {
  const since = new Date(Date.now() - FRESH_MINUTES * 60_000);
  const isFresh = await prisma().userSession.count({ where: { id: session.id, createdAt: { gt: since } } });
  if (isFresh === 0) {
    throw new AppError("forbidden", "sign_in_again", { message: "Please sign in once more before you do this." });
  }
}
