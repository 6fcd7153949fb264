import { prisma } from "@/server/db/client";

/** An org's identity provider ends with the org: nobody signs in through it, and no session that it opened goes on. */
export async function forgetIdentityProvider(orgId: string): Promise<void> {
  const provider = `oidc:${orgId}`;
  await prisma().$transaction([
    prisma().userIdentity.deleteMany({ where: { provider } }),
    prisma().userSession.deleteMany({ where: { method: provider } }),
    prisma().accountEvent.updateMany({ where: { method: provider }, data: { method: "oidc" } }),
  ]);
}
