import type { OrgAccess } from "@/server/auth/scope";
import type { RetryPolicy } from "@/server/openai/retry";
import { claimRun, type OpenedKey, openKey } from "@/server/sync/claim-run";
import { finishRun } from "@/server/sync/finish-run";
import { cancelled, failedByUs, judgeRun, type Verdict } from "@/server/sync/judge-run";
import { keepAlive } from "@/server/sync/keep-alive";
import { LeaseLost, releaseLease } from "@/server/sync/lease.sql";
import { prepareStreams } from "@/server/sync/prepare-streams";
import { refreshAbilities } from "@/server/sync/refresh-abilities";
import { runStreams } from "@/server/sync/run-streams";
import type { RunContext } from "@/server/sync/run-context";

export type ExecuteOptions = {
  /** Calls under way at once. */
  concurrency: number;
  signal?: AbortSignal;
  /** The clock: tests move it. */
  now?: () => Date;
  retry?: Partial<RetryPolicy>;
};

/** done: nothing is left to do; busy: another run has the connection, try again soon; interrupted: shut down, goes on later. */
export type ExecuteResult = "done" | "busy" | "interrupted";

/**
 * Executes a run from wherever it stands: what earlier attempts committed is covered and not fetched again. All
 * streams share the connection's limiter; a failing stream stops alone; a refused key stops the run and breaks the
 * connection.
 */
export async function executeRun(access: OrgAccess, runId: string, options: ExecuteOptions): Promise<ExecuteResult> {
  const now = options.now ?? (() => new Date());
  const run = await claimRun(access, runId, now());
  if (run === "busy" || run === "done") return run;
  const beat = keepAlive(access, run, options.signal);
  const claimed = { access, run, beat, now };
  try {
    const key = await openKey(access, run, { ...options, signal: beat.signal }).catch((error: unknown) => {
      access.log.error({ err: error, runId }, "the connection's key cannot be opened");
      return null;
    });
    const verdict = key ? await work(claimed, key, options.concurrency) : failedByUs;
    if (beat.reason() === "lost" || beat.reason() === "shutdown") {
      await access.inScope((scope) => releaseLease(scope, run.lease));
      return "interrupted";
    }
    await finishRun(claimed, verdict, key?.keyCiphertext ?? null);
    return "done";
  } catch (error) {
    if (error instanceof LeaseLost) return "interrupted";
    throw error;
  } finally {
    beat.stop();
  }
}

type Claimed = Omit<RunContext, "openClient">;

async function work(claimed: Claimed, { openClient }: OpenedKey, concurrency: number): Promise<Verdict> {
  const { run, beat } = claimed;
  const context: RunContext = { ...claimed, openClient };
  if (run.kind === "directory") run.abilities = await refreshAbilities(context);
  const streams = await prepareStreams(context);
  await runStreams(context, streams, concurrency);
  return beat.reason() === "cancel" ? cancelled : judgeRun(run.kind, streams, beat.refusal());
}
