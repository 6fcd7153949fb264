import { setTimeout as sleep } from "node:timers/promises";
import type { OrgAccess } from "@/server/auth/scope";
import { cancelRun } from "@/server/sync/cancel-run";
import { type ExecuteOptions, executeRun } from "@/server/sync/execute-run";
import { getRun } from "@/server/sync/list-runs";
import type { RunProgress } from "@/server/sync/schema";
import { type StartRun, startRun } from "@/server/sync/start-run";

export type RunInlineOptions = ExecuteOptions & {
  onProgress?: (run: RunProgress) => void;
  lookEveryMs?: number;
};

/** `errorCode` says why the run as a whole failed or is partial, as of its first faulty stream. */
export type InlineRun = RunProgress & { errorCode: string | null };

/** As long as a lease: a run that beat within it is somebody's. */
const ALIVE_MS = 20_000;
/** How long a run that was queued before may wait for a worker until this process takes it over. */
const WORKER_PATIENCE_MS = 5_000;

/**
 * Syncs in this process and returns the finished run. What a worker has under way is waited for instead: a run of the
 * same kind is then the answer, unless a range or fetching again was asked for. When `signal` fires, a run of our own is
 * cancelled, and what it fetched stays.
 */
export async function runInline(
  access: OrgAccess,
  input: Omit<StartRun, "isInline">,
  options: RunInlineOptions,
): Promise<InlineRun> {
  for (;;) {
    const started = await access.inScope((scope) => startRun(scope, { ...input, isInline: true }));
    const run = await finishRun(access, started, options);
    const isAnswer = started.isNew || (!input.requested && !input.isRefetch);
    if (isAnswer || options.signal?.aborted) return { ...run, errorCode: await errorCodeOf(access, run.id) };
  }
}

type StartedRun = { runId: string; isNew: boolean };

/** Works on the run, or waits while another process does, until it is finished; tells of its progress meanwhile. */
async function finishRun(
  access: OrgAccess,
  { runId, isNew }: StartedRun,
  { signal, onProgress, lookEveryMs = 1_000, ...execution }: RunInlineOptions,
): Promise<RunProgress> {
  let isOurs = isNew;
  const look = async () => {
    const run = await access.inScope((scope) => getRun(scope, runId));
    if (!run) throw new Error("the run is gone");
    onProgress?.(run);
    return run;
  };
  const cancel = () => {
    if (isOurs) access.inScope((scope) => cancelRun(scope, runId)).catch(() => {});
  };
  const timer = setInterval(() => void look().catch(() => {}), lookEveryMs);
  signal?.addEventListener("abort", cancel, { once: true });
  if (signal?.aborted) cancel();
  try {
    const since = Date.now();
    for (;;) {
      const holder = await holderOf(access, runId);
      if (holder === "nobody" || (holder === "queue" && Date.now() - since > WORKER_PATIENCE_MS)) isOurs = true;
      // "busy": another run has the connection; its turn comes first.
      if (isOurs && holder !== "somebody") await executeRun(access, runId, execution);
      const run = await look();
      if (run.finishedAt !== null || (signal?.aborted && !isOurs)) return run;
      await sleep(lookEveryMs);
    }
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

type Holder = "queue" | "somebody" | "nobody";

async function holderOf(access: OrgAccess, runId: string): Promise<Holder> {
  const run = await access.inScope((scope) =>
    scope.db.syncRun.findFirst({ where: { id: runId }, select: { state: true, heartbeatAt: true } }),
  );
  if (run?.state === "queued") return "queue";
  const isAlive = run !== null && Date.now() - run.heartbeatAt.getTime() < ALIVE_MS;
  return isAlive ? "somebody" : "nobody";
}

async function errorCodeOf(access: OrgAccess, runId: string): Promise<string | null> {
  const run = await access.inScope((scope) =>
    scope.db.syncRun.findFirst({ where: { id: runId }, select: { errorCode: true } }),
  );
  return run?.errorCode ?? null;
}
