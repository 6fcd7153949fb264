import { isConfigured } from "@/server/auth/identities/public-providers";
import type { SignInMethod } from "@/server/auth/list-sessions";
import { orgProviderId, publicProviderIds } from "@/server/auth/schema";
import { accessAsSystem } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { listMemberships } from "@/server/auth/system.sql";

export type Linkable = { providerId: string; method: SignInMethod };

/** The identity providers that a person can add to the account: public ones, and those of the person's orgs. */
export async function listLinkable(user: SessionUser): Promise<Linkable[]> {
  const ofEverybody = publicProviderIds.filter(isConfigured).map(
    (id): Linkable => ({
      providerId: id,
      method: { kind: id, org: null },
    }),
  );
  const memberships = await listMemberships(user.id);
  const ofOrgs = await Promise.all(
    memberships.map(async ({ id, slug, name }): Promise<Linkable[]> => {
      const access = await accessAsSystem({ id }, { type: "anonymous" });
      const count = await access.inScope(({ db }) => db.orgSso.count());
      return count === 0 ? [] : [{ providerId: orgProviderId(slug), method: { kind: "oidc", org: name } }];
    }),
  );
  return [...ofEverybody, ...ofOrgs.flat()];
}
