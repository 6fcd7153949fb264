import { randomBytes } from "node:crypto";
import type { OrgScope } from "@/server/auth/scope";
import { AppError } from "@/server/lib/errors";
import { normalizeDomain } from "@/server/sso/domain-name";
import { lockSignIn } from "@/server/sso/requirement";
import { MAX_DOMAINS } from "@/server/sso/schema";

/**
 * Notes a mail domain that the org says is its own, with what its DNS has to hold. Whether another org has it is told to
 * who proves it, nobody else.
 * @throws AppError forbidden, invalid (as normalizeDomain), conflict domain_listed, limit too_many_domains
 */
export async function addDomain(scope: OrgScope, typed: string): Promise<{ domain: string }> {
  const { db, org } = scope;
  const domain = normalizeDomain(typed);
  await lockSignIn(scope);
  const known = await db.orgDomain.findMany({ select: { domain: true } });
  if (known.some((other) => other.domain === domain)) {
    throw new AppError("conflict", "domain_listed", { message: "This domain is in the list already." });
  }
  if (known.length >= MAX_DOMAINS) {
    throw new AppError("limit", "too_many_domains", {
      message: `An organization can have ${MAX_DOMAINS} domains at most.`,
    });
  }
  await db.orgDomain.create({ data: { orgId: org.id, domain, challenge: newChallenge() } });
  scope.audit({ action: "domain.add", target: { type: "domain", id: domain }, after: { domain } });
  return { domain };
}

/** No org can guess what another one has to set. */
const newChallenge = () => `tollkeeper-domain=${randomBytes(24).toString("base64url")}`;
