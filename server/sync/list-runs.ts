import type { OrgScope } from "@/server/auth/scope";
import type { SyncRun, SyncRunStream } from "@/server/db/generated/client";
import type { RunProgress, RunStreamProgress } from "@/server/sync/schema";

type Filter = { connectionId: string; limit: number };

/** Runs of a connection, newest first. */
export async function listRuns(scope: OrgScope, { connectionId, limit }: Filter): Promise<RunProgress[]> {
  const runs = await scope.db.syncRun.findMany({
    where: { connectionId },
    include: { streams: { orderBy: { name: "asc" } } },
    orderBy: { createdAt: "desc" },
    take: limit,
  });
  return runs.map(toProgress);
}

/** Unfinished runs of the org, oldest first. */
export async function listActiveRuns(scope: OrgScope): Promise<RunProgress[]> {
  const runs = await scope.db.syncRun.findMany({
    where: { state: { in: ["queued", "running"] } },
    include: { streams: { orderBy: { name: "asc" } } },
    orderBy: { createdAt: "asc" },
  });
  return runs.map(toProgress);
}

export async function getRun(scope: OrgScope, runId: string): Promise<RunProgress | null> {
  const run = await scope.db.syncRun.findFirst({
    where: { id: runId },
    include: { streams: { orderBy: { name: "asc" } } },
  });
  return run ? toProgress(run) : null;
}

function toProgress(run: SyncRun & { streams: SyncRunStream[] }): RunProgress {
  const sum = (pick: (stream: SyncRunStream) => number) =>
    run.streams.reduce((total, stream) => total + pick(stream), 0);
  const windowsTotal = sum((stream) => stream.windowsTotal);
  const windowsDone = sum((stream) => stream.windowsDone);
  return {
    id: run.id,
    connectionId: run.connectionId,
    kind: run.kind,
    trigger: run.trigger,
    state: run.state,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    cancelRequestedAt: run.cancelRequestedAt?.toISOString() ?? null,
    windowsTotal,
    windowsDone,
    calls: sum((stream) => stream.calls),
    rowsWritten: sum((stream) => stream.rowsWritten),
    secondsLeft: secondsLeft(run, { windowsTotal, windowsDone }),
    streams: run.streams.map(toStreamProgress),
  };
}

const toStreamProgress = (stream: SyncRunStream): RunStreamProgress => ({
  name: stream.name,
  state: stream.state,
  windowsTotal: stream.windowsTotal,
  windowsDone: stream.windowsDone,
  calls: stream.calls,
  rowsSeen: stream.rowsSeen,
  rowsWritten: stream.rowsWritten,
  rowsChanged: stream.rowsChanged,
  rowsRemoved: stream.rowsRemoved,
  seconds: stream.startedAt ? ((stream.finishedAt ?? new Date()).getTime() - stream.startedAt.getTime()) / 1000 : null,
  errorCode: stream.errorCode,
  errorMessage: stream.errorMessage,
});

type Pace = { windowsTotal: number; windowsDone: number };

/** At the pace so far; nothing is said before a few windows have set one. */
function secondsLeft(run: SyncRun, { windowsTotal, windowsDone }: Pace): number | null {
  if (run.state !== "running" || !run.startedAt || windowsDone < 3) return null;
  const elapsed = (Date.now() - run.startedAt.getTime()) / 1000;
  return Math.ceil((elapsed / windowsDone) * (windowsTotal - windowsDone));
}
