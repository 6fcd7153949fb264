import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import type { OrgDomain } from "@/server/db/generated/client";
import { appUrl } from "@/server/lib/app-url";
import { addDays } from "@/server/lib/time";
import { dayText, mailOwners } from "@/server/orgs/mail-members";
import { checkRecord } from "@/server/sso/check-record";
import { judgeCheck, type Verdict } from "@/server/sso/judge-check";
import { DOMAIN_GRACE_DAYS, type DomainFailure } from "@/server/sso/schema";

/**
 * Looks whether a verified domain's record is still there. One that was missing for the whole grace period is verified no
 * longer, and free for another org; required single sign-on stays required, so that nobody opens an org by breaking its DNS.
 */
export async function recheckDomain(access: OrgAccess, domain: string, now = new Date()): Promise<Verdict | null> {
  const found = await access.inScope(({ db }) =>
    db.orgDomain.findFirst({ where: { domain, verifiedAt: { not: null } } }),
  );
  if (!found) return null;
  const failure = await checkRecord(found);
  const verdict = judgeCheck(found, failure, now);
  await access.inScope((scope) => note(scope, found, { ...verdict, failure, now }));
  return verdict;
}

type Check = Verdict & { failure: DomainFailure | null; now: Date };

/** Nothing where somebody removed the domain, added it anew or checked it by hand meanwhile. */
async function note(scope: OrgScope, found: OrgDomain, { outcome, failingSince, failure, now }: Check) {
  const { domain, challenge, checkedAt, verifiedAt } = found;
  const isLost = outcome === "lost";
  const { count } = await scope.db.orgDomain.updateMany({
    where: { domain, challenge, checkedAt, verifiedAt },
    data: { checkedAt: now, failure, ...(isLost ? { verifiedAt: null, failingSince: null } : { failingSince }) },
  });
  if (count === 0) return;
  if (outcome === "warned" && failingSince) await warnOwners(scope, domain, addDays(failingSince, DOMAIN_GRACE_DAYS));
  if (!isLost) return;
  scope.audit({
    action: "domain.lapse",
    target: { type: "domain", id: domain },
    before: { verifiedAt: verifiedAt?.toISOString() ?? null },
    after: { verifiedAt: null, failure },
  });
  await mailOwners(scope, "domainLost", ({ name }) => ({ name, org: scope.org.name, domain, link: settingsOf(scope) }));
}

const warnOwners = (scope: OrgScope, domain: string, lostAfter: Date) =>
  mailOwners(scope, "domainFailing", ({ name, locale }) => ({
    name,
    org: scope.org.name,
    domain,
    date: dayText(lostAfter, { locale, timeZone: scope.org.timezone }),
    link: settingsOf(scope),
  }));

const settingsOf = ({ org }: OrgScope) => appUrl(`/${org.slug}/settings/single-sign-on`);
