import { withAccountLog } from "@/server/auth/account-log";
import { countTry } from "@/server/auth/credential-limits";
import { assertProof } from "@/server/auth/reauthenticate";
import type { Caller } from "@/server/auth/scope";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { checkSecondFactor } from "@/server/auth/two-factor/check-second-factor";
import { replaceRecoveryCodes } from "@/server/auth/two-factor/recovery-codes";
import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";

/**
 * Turns the second factor off. No session of the person counts as proven with one any more, from its next request on.
 * @throws AppError forbidden wrong_proof, precondition when it is off, limit
 */
export async function turnOffTwoFactor(caller: Caller, proof: string): Promise<void> {
  const { user, client, requestId } = caller;
  await assertOn(user.id);
  await assertProof(caller, proof);
  await withAccountLog({ account: user, action: "two_factor.off", client, requestId }, async (tx) => {
    await tx.twoFactor.deleteMany({ where: { userId: user.id } });
    await tx.recoveryCode.deleteMany({ where: { userId: user.id } });
    await tx.userSession.updateMany({ where: { userId: user.id }, data: { twoFactor: false } });
  });
  await tellOfChange(user, "twoFactorOff");
}

/**
 * Makes ten new recovery codes; the old ones stop working.
 * @throws AppError forbidden wrong_proof, precondition when the second factor is off, limit
 */
export async function renewRecoveryCodes(caller: Caller, proof: string): Promise<{ recoveryCodes: string[] }> {
  const { user, client, requestId } = caller;
  await assertOn(user.id);
  await assertProof(caller, proof);
  const recoveryCodes = await withAccountLog(
    { account: user, action: "recovery_codes.renew", client, requestId },
    (tx) => replaceRecoveryCodes(tx, user.id),
  );
  await tellOfChange(user, "recoveryCodes");
  return { recoveryCodes };
}

/**
 * Proves the second factor for a session that began without it: by an identity provider that leaves it to us.
 * @throws AppError forbidden wrong_code, precondition when it is off, limit
 */
export async function proveTwoFactor({ user, client }: Caller, code: string): Promise<void> {
  await assertOn(user.id);
  const counted = await countTry({ path: "second_factor", email: user.email, client });
  if (!(await checkSecondFactor(user, code, client))) {
    throw new AppError("forbidden", "wrong_code", { message: "This code is not right." });
  }
  await counted.giveBack();
  await prisma().userSession.updateMany({ where: { id: user.session.id }, data: { twoFactor: true } });
}

async function assertOn(userId: string) {
  const isOn = await prisma().twoFactor.count({ where: { userId, confirmedAt: { not: null } } });
  if (isOn === 0)
    throw new AppError("precondition", "two_factor_off", { message: "Two-factor sign-in is not turned on." });
}
