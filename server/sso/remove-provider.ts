import type { OrgScope } from "@/server/auth/scope";
import { notFound } from "@/server/lib/errors";
import { forgetIdentities } from "@/server/sso/identities";
import { lockSignIn, stopRequiring } from "@/server/sso/requirement";

/**
 * Removes the org's identity provider with its secret: accounts there are no longer linked, and sessions that it opened
 * end at their next request.
 * @param isRequirementMeant that single sign-on is then no longer required, where it was, is known and wanted
 * @throws AppError forbidden, not_found, precondition (sso_required_still)
 */
export async function removeProvider(scope: OrgScope, isRequirementMeant: boolean): Promise<void> {
  const { db, org } = scope;
  await lockSignIn(scope);
  const before = await db.orgSso.findFirst({ select: { issuer: true, clientId: true, joinAs: true } });
  if (!before) throw notFound("identity provider");
  await stopRequiring(scope, isRequirementMeant);
  await db.orgSso.deleteMany();
  await forgetIdentities(scope);
  scope.audit({ action: "sso.remove", target: { type: "sso", id: org.id, name: before.issuer }, before });
}
