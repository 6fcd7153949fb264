import { countTry } from "@/server/auth/credential-limits";
import { verifyPassword } from "@/server/auth/password";
import type { Caller } from "@/server/auth/scope";
import { checkSecondFactor } from "@/server/auth/two-factor/check-second-factor";
import { prisma } from "@/server/db/client";
import { AppError } from "@/server/lib/errors";

/** @throws AppError forbidden wrong_password, limit */
export async function assertPassword({ user, client }: Caller, password: string): Promise<void> {
  const counted = await countTry({ path: "reauthenticate", email: user.email, client });
  if (!(await isPassword(user.id, password))) {
    throw new AppError("forbidden", "wrong_password", { message: "This is not your current password." });
  }
  await counted.giveBack();
}

/** The password, a code of the app, or a recovery code. @throws AppError forbidden wrong_proof, limit */
export async function assertProof({ user, client }: Caller, proof: string): Promise<void> {
  const counted = await countTry({ path: "reauthenticate", email: user.email, client });
  const isRight = (await checkSecondFactor(user, proof, client)) || (await isPassword(user.id, proof));
  if (!isRight) {
    throw new AppError("forbidden", "wrong_proof", { message: "Neither your password nor a code of yours." });
  }
  await counted.giveBack();
}

async function isPassword(userId: string, password: string): Promise<boolean> {
  const stored = await prisma().user.findFirst({ where: { id: userId }, select: { passwordHash: true } });
  return verifyPassword(password, stored?.passwordHash);
}
