import { listLinkedProviders } from "@/server/auth/identities/list-identities";
import { isConfigured } from "@/server/auth/identities/public-providers";
import type { SignInMethod } from "@/server/auth/list-sessions";
import { orgProviderId, publicProviderIds } from "@/server/auth/schema";
import { accessAsSystem } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { listMemberships, type OrgRef } from "@/server/auth/system.sql";
import { providerOf } from "@/server/sso/identities";

export type Linkable = { providerId: string; method: SignInMethod };

/** The identity providers that a person can still add to the account: public ones, and those of the person's orgs. */
export async function listLinkable(user: SessionUser): Promise<Linkable[]> {
  const linked = await listLinkedProviders(user.id);
  const ofEverybody = publicProviderIds
    .filter((id) => isConfigured(id) && !linked.has(id))
    .map((id): Linkable => ({ providerId: id, method: { kind: id, org: null } }));
  const orgs = (await listMemberships(user.id)).filter(({ id }) => !linked.has(providerOf(id)));
  return [...ofEverybody, ...(await Promise.all(orgs.map(linkableOf))).flat()];
}

async function linkableOf({ id, slug, name }: OrgRef): Promise<Linkable[]> {
  const access = await accessAsSystem({ id }, { type: "anonymous" });
  const count = await access.inScope(({ db }) => db.orgSso.count());
  return count === 0 ? [] : [{ providerId: orgProviderId(slug), method: { kind: "oidc", org: name } }];
}
