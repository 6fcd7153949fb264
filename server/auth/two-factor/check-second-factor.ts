import type { Account } from "@/server/auth/account";
import { addAccountEvent } from "@/server/auth/account-log";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { openTotpSecret, stepOfCode } from "@/server/auth/two-factor/totp";
import { useRecoveryCode } from "@/server/auth/two-factor/recovery-codes";
import { prisma } from "@/server/db/client";
import type { ClientInfo } from "@/server/lib/client-info";

const isAppCode = (code: string) => /^\d{3} ?\d{3}$/.test(code);

/** Whether a code of the app or a recovery code is right and was not used before; it is used up by this. */
export const checkSecondFactor = (account: Account, code: string, client: ClientInfo): Promise<boolean> =>
  isAppCode(code.trim()) ? checkAppCode(account.id, code.trim()) : checkRecoveryCode(account, code, client);

/** Codes of an app that was confirmed. Each time step counts once, in every process. */
async function checkAppCode(userId: string, code: string): Promise<boolean> {
  const stored = await prisma().twoFactor.findFirst({ where: { userId, confirmedAt: { not: null } } });
  if (!stored) return false;
  const step = stepOfCode(await openTotpSecret(userId, stored.sealedSecret), code);
  if (step === null) return false;
  const { count } = await prisma().twoFactor.updateMany({
    where: { userId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

async function checkRecoveryCode(account: Account, code: string, client: ClientInfo): Promise<boolean> {
  const isRight = await prisma().$transaction(async (tx) => {
    const isUsed = await useRecoveryCode(tx, account.id, code);
    if (isUsed) await addAccountEvent(tx, { account, action: "recovery_code.use", client });
    return isUsed;
  });
  if (isRight) await tellOfChange(account, "recoveryCodeUsed");
  return isRight;
}
