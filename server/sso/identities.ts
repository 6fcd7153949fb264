import { forgetTokensOf } from "@/server/auth/one-time-tokens";
import type { OrgScope } from "@/server/auth/scope";
import { revokeSessions } from "@/server/auth/sessions";

/** How identities and sessions name the org's identity provider. */
export const providerOf = (orgId: string) => `oidc:${orgId}`;

/**
 * Nobody signs in by the provider's accounts any more, and no session that it opened or was about to open goes on: another
 * provider can give the same ids to other people.
 */
export async function forgetIdentities({ db, org }: OrgScope): Promise<void> {
  const provider = providerOf(org.id);
  await db.userIdentity.deleteMany({ where: { provider } });
  await forgetTokensOf(db, provider);
  await revokeSessions(db, { method: provider });
}
