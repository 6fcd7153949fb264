import pLimit from "p-limit";
import type { OrgAccess } from "@/server/auth/scope";
import { breakConnection } from "@/server/connections/set-status";
import { isProviderError, type ProviderError } from "@/server/openai/errors";
import type { RetryPolicy } from "@/server/openai/retry";
import { type ClaimedRun, claimRun, finishRun, openRunClients, type RunOutcome } from "@/server/sync/claim-run";
import { interleave } from "@/server/sync/plan-windows";
import { releaseLease } from "@/server/sync/runs.sql";
import { keepAlive } from "@/server/sync/keep-alive";
import { type PreparedDirectoryStream, prepareStreams, type PreparedStream } from "@/server/sync/prepare-streams";
import {
  recordStreamFault,
  startStream,
  finishStream,
  syncDirectoryStream,
  syncWindow,
} from "@/server/sync/stream-work";

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
  const claim = await claimRun(access, runId, now());
  if (claim === "busy" || claim === "done") return claim;
  const beat = keepAlive(access, claim, options.signal);
  try {
    const outcome = await runStreams(access, claim, { ...options, now }, beat);
    if (beat.reason() === "lost" || options.signal?.aborted) {
      await access.inScope((scope) => releaseLease(scope, claim.lease));
      return "interrupted";
    }
    await finishRun(access, claim, beat.reason() === "cancel" ? { state: "cancelled", errorCode: null } : outcome);
    return "done";
  } finally {
    beat.stop();
  }
}

const DIRECTORY_CONCURRENCY = 2;

type Beat = ReturnType<typeof keepAlive>;

async function runStreams(
  access: OrgAccess,
  run: ClaimedRun,
  options: ExecuteOptions & { now: () => Date },
  beat: Beat,
): Promise<RunOutcome> {
  let openClient: Awaited<ReturnType<typeof openRunClients>>;
  try {
    openClient = await openRunClients(access, run, { ...options, signal: beat.signal });
  } catch (error) {
    access.log.error({ err: error, runId: run.id }, "the connection's key cannot be opened");
    return { state: "failed", errorCode: "internal" };
  }
  const streams = await prepareStreams(access, run, options.now());
  // While some windows are stored, as many others are asked for; the limiter keeps to the calls.
  const limit = pLimit(2 * options.concurrency);
  const context = { access, run, openClient, now: options.now };

  const guard = async (stream: PreparedStream, work: () => Promise<void>) => {
    if (stream.fault || beat.signal.aborted) return;
    try {
      await startStream(context, stream);
      await work();
    } catch (error) {
      if (beat.signal.aborted) return;
      stream.fault = await recordStreamFault(context, stream, error);
      if (isProviderError(error, "auth")) beat.abort(error);
    }
  };

  // Beside the windows, not behind them: names are wanted with the first figures.
  const listLimit = pLimit(DIRECTORY_CONCURRENCY);
  const syncLists = (lists: PreparedDirectoryStream[]) =>
    Promise.all(lists.map((list) => listLimit(() => guard(list, () => syncDirectoryStream(context, list)))));
  const directory = async () => {
    const lists = streams.filter((stream) => stream.kind === "directory");
    // The other lists hang on projects and groups.
    await syncLists(lists.filter((list) => list.hangsOn === "none"));
    await syncLists(lists.filter((list) => list.hangsOn !== "none"));
  };
  const windows = interleave(
    streams.flatMap((stream) =>
      stream.kind === "directory" ? [] : [stream.windows.map((window) => ({ stream, window }))],
    ),
  );
  await Promise.all([
    directory(),
    ...windows.map(({ stream, window }) => limit(() => guard(stream, () => syncWindow(context, stream, window)))),
  ]);
  if (beat.reason() === null) for (const stream of streams) await finishStream(context, stream);
  return outcomeOf(access, run, streams, beat.refusal());
}

async function outcomeOf(
  access: OrgAccess,
  run: ClaimedRun,
  streams: PreparedStream[],
  refusal: ProviderError | null,
): Promise<RunOutcome> {
  if (refusal) {
    await access.inScope((scope) => breakConnection(scope, run.connectionId, "auth"));
    return { state: "failed", errorCode: "auth" };
  }
  const faulty = streams.filter((stream) => stream.fault && stream.fault.state !== "unsupported");
  if (faulty.length === 0) return { state: "succeeded", errorCode: null };
  const isRefusedEverything =
    faulty.length === streams.length && faulty.every((stream) => stream.fault?.state === "forbidden");
  if (isRefusedEverything) await access.inScope((scope) => breakConnection(scope, run.connectionId, "permission"));
  return { state: faulty.length === streams.length ? "failed" : "partial", errorCode: faulty[0]?.fault?.code ?? null };
}
