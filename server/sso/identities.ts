import type { OrgScope } from "@/server/auth/scope";
import { revokeSessions } from "@/server/auth/sessions";

/** How identities and sessions name the org's identity provider. */
export const providerOf = (orgId: string) => `oidc:${orgId}`;

/**
 * Nobody signs in by the provider's accounts any more, and no session that it opened goes on: another provider can give
 * the same ids to other people.
 */
export async function forgetIdentities({ db, org }: OrgScope): Promise<void> {
  const provider = providerOf(org.id);
  await db.userIdentity.deleteMany({ where: { provider } });
  await db.oneTimeToken.deleteMany({
    where: { purpose: "link_identity", data: { path: ["provider"], equals: provider } },
  });
  await revokeSessions(db, { method: provider });
}
