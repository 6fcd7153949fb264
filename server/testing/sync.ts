import { executeRun } from "@/server/sync/execute-run";
import { getRun } from "@/server/sync/list-runs";
import type { RunProgress, RunStreamProgress, SyncKind } from "@/server/sync/schema";
import { startRun } from "@/server/sync/start-run";
import type { TestOrg } from "@/server/testing/factories";

type SyncInput = { connectionId: string; kind?: SyncKind; now: () => Date; signal?: AbortSignal; runId?: string };

/** One sync to its end, with waits of milliseconds between attempts. */
export async function syncOnce(
  org: TestOrg,
  { connectionId, kind = "backfill", now, signal, runId }: SyncInput,
): Promise<RunProgress & { result: string }> {
  const id = runId ?? (await startSync(org, { connectionId, kind }));
  const retry = { baseDelayMs: 1, maxDelayMs: 5 };
  const result = await executeRun(org.access, id, { concurrency: 4, signal, now, retry });
  const run = await org.access.inScope((scope) => getRun(scope, id));
  if (!run) throw new Error("the run is gone");
  return { ...run, result };
}

export async function startSync(org: TestOrg, run: { connectionId: string; kind: SyncKind }): Promise<string> {
  const { runId } = await org.access.inScope((scope) => startRun(scope, { ...run, trigger: "cli", isInline: true }));
  return runId;
}

export function streamOf(run: RunProgress, name: string): RunStreamProgress {
  const stream = run.streams.find((candidate) => candidate.name === name);
  if (!stream) throw new Error(`no stream ${name}`);
  return stream;
}
