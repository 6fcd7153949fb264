import { assertFreshSession } from "@/server/auth/assert-fresh-session";
import { assertProof } from "@/server/auth/reauthenticate";
import type { Caller } from "@/server/auth/scope";
import { prisma } from "@/server/db/client";

/**
 * Before ways in change: the password or a code where the account has either, else a session that has just begun.
 * @throws AppError forbidden (wrong_proof, sign_in_again), limit
 */
export async function assertOwner(caller: Caller, proof: string | undefined): Promise<void> {
  const canProve = await prisma().user.count({
    where: {
      id: caller.user.id,
      OR: [{ passwordHash: { not: null } }, { twoFactor: { confirmedAt: { not: null } } }],
    },
  });
  if (canProve > 0) await assertProof(caller, proof ?? "");
  else await assertFreshSession(caller.user);
}
