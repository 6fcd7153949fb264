import { listDomainsToCheck } from "@/server/auth/system.sql";
import { MS_PER_HOUR } from "@/server/lib/time";
import { recheckDomain } from "@/server/sso/recheck-domain";
import { accessAsJob } from "@/workers/handlers/access-as-job";
import type { Handler } from "@/workers/runtime";

/** Less than a day: a check that was late yesterday is not left out today. */
const CHECKED_WITHIN_MS = 20 * MS_PER_HOUR;
/** The sweep waits in the same queue: many domains, or servers that do not answer, let it pass. */
const TURN_MS = 15_000;
const PAUSE_MS = 1_000;
const PER_TURN = 500;

export const domainRecheck: Handler<"domain.recheck"> = async (_payload, { log, signal, postpone }) => {
  const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
  const due = await listDomainsToCheck(new Date(Date.now() - CHECKED_WITHIN_MS), PER_TURN);
  for (const { orgId, domain } of due) {
    if (turn.aborted) await postpone(PAUSE_MS);
    const access = await accessAsJob(orgId, "domain.recheck");
    const verdict = access && (await recheckDomain(access, domain));
    if (verdict && verdict.outcome !== "fine") log.info({ orgId, outcome: verdict.outcome }, "domain");
  }
  if (due.length === PER_TURN) await postpone(PAUSE_MS);
};
