import { forgetTokensOf } from "@/server/auth/one-time-tokens";
import { prisma } from "@/server/db/client";

/** An org's identity provider ends with the org: nobody signs in through it, and no session that it opened goes on. */
export async function forgetIdentityProvider(orgId: string): Promise<void> {
  const provider = `oidc:${orgId}`;
  await prisma().$transaction(async (tx) => {
    await tx.userIdentity.deleteMany({ where: { provider } });
    await forgetTokensOf(tx, provider);
    await tx.userSession.deleteMany({ where: { method: provider } });
    await tx.accountEvent.updateMany({ where: { method: provider }, data: { method: "oidc" } });
  });
}
