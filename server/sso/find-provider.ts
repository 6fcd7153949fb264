import { oidcConfig } from "@/server/auth/identities/oidc-config";
import type { IdentityProvider } from "@/server/auth/identities/provider";
import { publicProvider } from "@/server/auth/identities/public-providers";
import { orgProviderId, publicProviderIds } from "@/server/auth/schema";
import type { OrgAccess } from "@/server/auth/scope";
import { joinBySso } from "@/server/members/join-by-sso";
import { providerOf } from "@/server/sso/identities";
import {
  accessAsVisitor,
  isOwnAddress,
  type OrgRegistration,
  readRegistration,
  slugOfProvider,
} from "@/server/sso/org-sso";
import { vouches } from "@/server/sso/vouches";

/** Google, GitHub or the identity provider of an org, by next-auth's id of it; null where that is not set up. */
export async function findIdentityProvider(id: string): Promise<IdentityProvider | null> {
  const known = publicProviderIds.find((publicId) => publicId === id);
  if (known) return publicProvider(known);
  const slug = slugOfProvider(id);
  const access = slug === null ? null : await accessAsVisitor(slug);
  const registration = access && (await readRegistration(access));
  return access && registration && orgProvider(access, registration);
}

/**
 * An org speaks for the addresses of its verified domains: who comes with one gets an account and may join. Others of its
 * identities open accounts that were linked, for as long as these belong to the org.
 */
function orgProvider(access: OrgAccess, { joinAs, ...registration }: OrgRegistration): IdentityProvider {
  const isOwn = (email: string) => access.inScope(({ db }) => isOwnAddress(db, email));
  return {
    method: providerOf(access.org.id),
    config: oidcConfig({ id: orgProviderId(access.org.slug), ...registration, vouches }),
    mayCreate: isOwn,
    maySignIn: async ({ id, email }) => (await isMember(access, id)) || isOwn(email),
    afterSignIn: async ({ account, email, client }) => {
      if (joinAs && email && (await isOwn(email))) await joinBySso(access, account, { role: joinAs, client });
    },
  };
}

const isMember = (access: OrgAccess, userId: string) =>
  access.inScope(async ({ db }) => (await db.membership.count({ where: { userId } })) > 0);
