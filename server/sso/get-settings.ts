import type { OrgScope } from "@/server/auth/scope";
import type { SessionUser } from "@/server/auth/sessions";
import { callbackAddress } from "@/server/sso/callback-address";
import { providerOf } from "@/server/sso/identities";
import { listDomains } from "@/server/sso/list-domains";
import { isSsoRequired, obstaclesOf } from "@/server/sso/requirement";
import { JoinRole, type SsoSettings } from "@/server/sso/schema";

/** How the org's members may sign in through its identity provider, and what the holder of `session` could demand. */
export async function getSsoSettings(scope: OrgScope, session: SessionUser["session"]): Promise<SsoSettings> {
  return {
    callbackAddress: callbackAddress(scope.org.slug),
    provider: await findProvider(scope),
    domains: await listDomains(scope),
    isRequired: await isSsoRequired(scope),
    obstacles: await obstaclesOf(scope, session),
    people: await countPeople(scope),
  };
}

async function findProvider({ db }: OrgScope): Promise<SsoSettings["provider"]> {
  const found = await db.orgSso.findFirst({ select: { issuer: true, clientId: true, joinAs: true, updatedAt: true } });
  if (!found) return null;
  return { ...found, joinAs: JoinRole.nullable().parse(found.joinAs), updatedAt: found.updatedAt.toISOString() };
}

async function countPeople({ db, org }: OrgScope): Promise<SsoSettings["people"]> {
  const safeOwner = { role: "owner", user: { twoFactor: { confirmedAt: { not: null } } } } as const;
  const unlinked = { user: { identities: { none: { provider: providerOf(org.id) } } } };
  return {
    total: await db.membership.count(),
    shutOut: await db.membership.count({ where: { AND: [unlinked, { NOT: safeOwner }] } }),
    ownersWithTwoFactor: await db.membership.count({ where: safeOwner }),
  };
}
