import type { OrgScope } from "@/server/auth/scope";
import { openForOrg, resealForOrg, sealForOrg } from "@/server/secrets/data-key";

/** The secret that the org has with its identity provider, bound to the org. */
const context = (orgId: string) => `tollkeeper:sso-secret:${orgId}`;

export const sealSsoSecret = (scope: OrgScope, secret: string) => sealForOrg(scope, secret, context(scope.org.id));
export const openSsoSecret = (scope: OrgScope, sealed: Uint8Array) => openForOrg(scope, sealed, context(scope.org.id));

/** Seals it with the newest data key. @returns how many there were to seal: one or none */
export async function resealSsoSecret(scope: OrgScope): Promise<number> {
  const sso = await scope.db.orgSso.findFirst({ select: { clientSecretSealed: true } });
  const fresh = sso && (await resealForOrg(scope, sso.clientSecretSealed, context(scope.org.id)));
  if (!fresh) return 0;
  const where = { clientSecretSealed: sso.clientSecretSealed };
  return (await scope.db.orgSso.updateMany({ where, data: { clientSecretSealed: fresh } })).count;
}
