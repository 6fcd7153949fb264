import { accountColumns } from "@/server/auth/account";
import { withAccountLog } from "@/server/auth/account-log";
import { endOtherWaysIn } from "@/server/auth/end-sessions";
import { tellOfChange } from "@/server/auth/tell-of-change";
import { prisma } from "@/server/db/client";
import { noClient } from "@/server/lib/client-info";
import { AppError, notFound } from "@/server/lib/errors";

/**
 * Turns the second factor of somebody off who lost it with all recovery codes: for the operator, who has made sure who
 * asks. All sessions and sign-ins under way end, and the person gets a mail.
 * @throws AppError not_found, precondition (two_factor_off)
 */
export async function resetTwoFactor(email: string): Promise<{ email: string }> {
  const account = await prisma().user.findFirst({
    where: { email: email.trim().toLowerCase() },
    select: accountColumns,
  });
  if (!account) throw notFound("user");
  const entry = { account, action: "two_factor.off", client: noClient, actor: { type: "operator" } } as const;
  await withAccountLog(entry, async (tx) => {
    const { count } = await tx.twoFactor.deleteMany({ where: { userId: account.id, confirmedAt: { not: null } } });
    if (count === 0) {
      throw new AppError("precondition", "two_factor_off", { message: "Two-factor sign-in is not turned on." });
    }
    await tx.recoveryCode.deleteMany({ where: { userId: account.id } });
    await endOtherWaysIn(tx, account.id, null);
  });
  await tellOfChange(account, "twoFactorOff");
  return { email: account.email };
}
