import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { type Limit, throttle } from "@/server/auth/throttle";
import { Prisma } from "@/server/db/generated/client";
import { AppError, notFound } from "@/server/lib/errors";
import { type Challenged, checkRecord, recordName } from "@/server/sso/check-record";
import type { DomainFailure } from "@/server/sso/schema";

/** Every attempt is a question to other people's servers. */
const checks: Limit = { name: "sso:domain", max: 120, windowSeconds: 3600 };

/**
 * Asks DNS whether a domain is the org's. A verified one that was failing is well again. What was found wrong is kept
 * for the list; whether a verified domain is lost is for the daily check alone to say.
 * @throws AppError not_found, limit, precondition (one of domainFailures), conflict domain_taken
 */
export async function verifyDomain(access: OrgAccess, domain: string): Promise<void> {
  await throttle({ limit: checks, subject: access.org.id });
  const challenged = await access.inScope((scope) => findDomain(scope, domain));
  const failure = await checkRecord(challenged);
  await access.inScope((scope) => (failure ? noteFailure(scope, challenged, failure) : noteProof(scope, challenged)));
  if (failure) {
    const message = failureMessages[failure](recordName(challenged.domain));
    throw new AppError("precondition", failure, { message, details: { domain: challenged.domain } });
  }
}

/** @throws AppError not_found */
async function findDomain({ db }: OrgScope, domain: string): Promise<Challenged> {
  const found = await db.orgDomain.findFirst({ where: { domain }, select: { domain: true, challenge: true } });
  if (!found) throw notFound("domain");
  return found;
}

async function noteFailure({ db }: OrgScope, challenged: Challenged, failure: DomainFailure) {
  await db.orgDomain.updateMany({
    where: { ...challenged, verifiedAt: null },
    data: { failure, checkedAt: new Date() },
  });
}

/** Of two orgs that prove the same domain at once the unique index of verified ones lets one in. */
async function noteProof(scope: OrgScope, challenged: Challenged) {
  const { db } = scope;
  const now = new Date();
  const well = { checkedAt: now, failingSince: null, failure: null };
  const renewed = await db.orgDomain.updateMany({ where: { ...challenged, verifiedAt: { not: null } }, data: well });
  if (renewed.count > 0) return;
  const verified = await db.orgDomain
    .updateMany({ where: challenged, data: { ...well, verifiedAt: now } })
    .catch(refuseTaken);
  if (verified.count === 0) throw notFound("domain");
  scope.audit({
    action: "domain.verify",
    target: { type: "domain", id: challenged.domain },
    before: { verifiedAt: null },
    after: { verifiedAt: now.toISOString() },
  });
}

function refuseTaken(error: unknown): never {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
  throw new AppError("conflict", "domain_taken", {
    message: "Another organization here has verified this domain. It has to remove it first.",
  });
}

const failureMessages: Record<DomainFailure, (name: string) => string> = {
  domain_record_missing: (name) =>
    `The TXT record ${name} cannot be found. New records can take up to an hour to be seen everywhere.`,
  domain_record_other: (name) => `The TXT record ${name} is there, but holds something else.`,
  domain_dns_timeout: () => "The DNS servers of this domain did not answer in time. Try again in a few minutes.",
  domain_dns_failed: () => "The DNS servers of this domain answered with an error. Check the domain's settings.",
};
