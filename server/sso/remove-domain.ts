import type { OrgScope } from "@/server/auth/scope";
import { notFound } from "@/server/lib/errors";
import { lockSignIn, stopRequiring } from "@/server/sso/requirement";
import type { RemoveDomainInput } from "@/server/sso/schema";

/**
 * Forgets a domain of the org. With the last verified one single sign-on can no longer be required.
 * @throws AppError forbidden, not_found, precondition (sso_required_still)
 */
export async function removeDomain(scope: OrgScope, input: RemoveDomainInput): Promise<void> {
  const { db } = scope;
  const { domain } = input;
  await lockSignIn(scope);
  const found = await db.orgDomain.findFirst({ where: { domain }, select: { verifiedAt: true } });
  if (!found) throw notFound("domain");
  const others = await db.orgDomain.count({ where: { domain: { not: domain }, verifiedAt: { not: null } } });
  if (found.verifiedAt && others === 0) await stopRequiring(scope, input.stopRequiring);
  await db.orgDomain.deleteMany({ where: { domain } });
  scope.audit({
    action: "domain.remove",
    target: { type: "domain", id: domain },
    before: { domain, verifiedAt: found.verifiedAt?.toISOString() ?? null },
  });
}
