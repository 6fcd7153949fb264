import { countTry } from "@/server/auth/credential-limits";
import { type FindSsoInput, orgProviderId } from "@/server/auth/schema";
import { findOrgBySlug, findSsoOrgOfDomain } from "@/server/auth/system.sql";
import type { ClientInfo } from "@/server/lib/client-info";
import { accessAsVisitor } from "@/server/sso/org-sso";

/** `isRequired`: the org is open only this way. */
export type SsoOffer = { providerId: string; isRequired: boolean };

/**
 * The single sign-on that an address' domain, or the name of an org, leads to. Says nothing of accounts: the answer is one
 * for all addresses of a domain. @throws AppError limit
 */
export async function findSso({ hint }: FindSsoInput, client: ClientInfo): Promise<SsoOffer | null> {
  await countTry({ path: "provider_lookup", email: null, client });
  const at = hint.lastIndexOf("@");
  const found = at === -1 ? await findOrgBySlug(hint) : await findSsoOrgOfDomain(hint.slice(at + 1));
  const access = found && (await accessAsVisitor(found.slug));
  if (!access) return null;
  return access.inScope(async ({ db }) => {
    const sso = await db.orgSso.findFirst({ select: { org: { select: { requireSso: true } } } });
    return sso && { providerId: orgProviderId(access.org.slug), isRequired: sso.org.requireSso };
  });
}
