import { domainToUnicode } from "node:url";
import type { OrgScope } from "@/server/auth/scope";
import type { OrgDomain } from "@/server/db/generated/client";
import { addDays } from "@/server/lib/time";
import { recordName } from "@/server/sso/check-record";
import { DOMAIN_GRACE_DAYS, domainFailures, type DomainSummary } from "@/server/sso/schema";

/** The org's domains, in the order of the alphabet. */
export async function listDomains({ db }: OrgScope): Promise<DomainSummary[]> {
  const rows = await db.orgDomain.findMany({ orderBy: { domain: "asc" } });
  return rows.map(toSummary);
}

function toSummary({ domain, challenge, verifiedAt, checkedAt, failingSince, failure }: OrgDomain): DomainSummary {
  return {
    domain,
    unicode: domainToUnicode(domain),
    state: verifiedAt === null ? "pending" : failingSince === null ? "verified" : "failing",
    record: { name: recordName(domain), value: challenge },
    verifiedAt: text(verifiedAt),
    checkedAt: text(checkedAt),
    failingSince: text(failingSince),
    lostAfter: failingSince && addDays(failingSince, DOMAIN_GRACE_DAYS).toISOString(),
    failure: domainFailures.find((known) => known === failure) ?? null,
  };
}

const text = (instant: Date | null) => instant?.toISOString() ?? null;
