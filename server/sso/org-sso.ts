import { orgProviderId } from "@/server/auth/schema";
import { accessAsSystem, type OrgAccess } from "@/server/auth/scope";
import { findOrgBySlug } from "@/server/auth/system.sql";
import type { OrgSso } from "@/server/db/generated/client";
import type { TenantDb } from "@/server/db/tenant";
import { openSsoSecret } from "@/server/orgs/sso-secret";

export type OrgRegistration = Pick<OrgSso, "issuer" | "clientId" | "joinAs"> & { clientSecret: string };

/** The org that a provider id names; null for an id of another kind. */
export function slugOfProvider(id: string): string | null {
  const prefix = orgProviderId("");
  return id.startsWith(prefix) ? id.slice(prefix.length) : null;
}

/** The way into an org for somebody who is not signed in yet; null where there is no such org. */
export async function accessAsVisitor(slug: string): Promise<OrgAccess | null> {
  const org = await findOrgBySlug(slug);
  return org && accessAsSystem({ id: org.id }, { type: "anonymous" });
}

/** How the product is registered at the org's identity provider; null where it has none. */
export const readRegistration = (access: OrgAccess): Promise<OrgRegistration | null> =>
  access.inScope(async (scope) => {
    const sso = await scope.db.orgSso.findFirst();
    if (!sso) return null;
    const { issuer, clientId, joinAs, clientSecretSealed } = sso;
    return { issuer, clientId, joinAs, clientSecret: await openSsoSecret(scope, clientSecretSealed) };
  });

/** Whether DNS says that the domain of an address is the org's. */
export async function isOwnAddress(db: TenantDb, email: string): Promise<boolean> {
  const domain = email.slice(email.lastIndexOf("@") + 1);
  return (await db.orgDomain.count({ where: { domain, verifiedAt: { not: null } } })) > 0;
}
