import { addDays } from "@/server/lib/time";
import { DOMAIN_GRACE_DAYS, type DomainFailure } from "@/server/sso/schema";

type Checked = { failingSince: Date | null; checkedAt: Date | null };

/** What becomes of a verified domain after a check; who owns the org is warned once, and told when it is lost. */
export type Verdict = { failingSince: Date | null; outcome: "fine" | "failing" | "warned" | "lost" };

/** Half a day: the second of two daily checks. One that failed alone is nobody's business. */
const WARN_DAYS = 0.5;

/** Only an answer takes a domain away: where nobody answers it may be ourselves who cannot ask. */
const isAnswer: Record<DomainFailure, boolean> = {
  domain_record_missing: true,
  domain_record_other: true,
  domain_dns_timeout: false,
  domain_dns_failed: false,
};

/** Judges a check at `now`, given what the domain's row said before it. */
export function judgeCheck(domain: Checked, failure: DomainFailure | null, now: Date): Verdict {
  if (failure === null) return { failingSince: null, outcome: "fine" };
  const failingSince = domain.failingSince ?? now;
  if (isAnswer[failure] && now >= addDays(failingSince, DOMAIN_GRACE_DAYS)) return { failingSince, outcome: "lost" };
  const warnAt = addDays(failingSince, WARN_DAYS);
  const wasWarned = domain.failingSince !== null && domain.checkedAt !== null && domain.checkedAt >= warnAt;
  return { failingSince, outcome: now >= warnAt && !wasWarned ? "warned" : "failing" };
}
