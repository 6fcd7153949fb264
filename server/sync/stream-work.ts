import { withTenantConnection } from "@/server/db/tenant";
import { syncList } from "@/server/directory/sync-list";
import { fetchWindow, isFinest } from "@/server/sync/fetch-window";
import { giveWayToSync } from "@/server/imports/recount";
import { assertHeldRaw, holdStream } from "@/server/sync/lease.sql";
import type { PreparedDirectoryStream, PreparedFactStream, PreparedStream } from "@/server/sync/prepare-streams";
import type { Range } from "@/server/sync/ranges";
import { inLease, type RunContext } from "@/server/sync/run-context";
import { countPart } from "@/server/sync/runs.sql";
import { faultOf, type StreamFault, unreadableRows } from "@/server/sync/stream-fault";
import {
  markListSynced,
  markStreamFault,
  markStreamsHealthy,
  markStreamsRegrouped,
  rememberGrouping,
} from "@/server/sync/stream-rows.sql";
import type { WindowPart } from "@/server/sync/window-parts";
import { replaceWindow } from "@/server/usage/replace-window";

/** A list of a hundred projects is a hundred short calls: who watches does not need each of them. */
const SHOWN_EVERY_MS = 1_000;

export async function startStream(context: RunContext, stream: PreparedStream) {
  if (stream.isStarted) return;
  stream.isStarted = true;
  await inLease(context, (scope) =>
    scope.db.syncRunStream.updateMany({
      where: { runId: context.run.id, name: stream.name },
      data: { state: "running", startedAt: new Date() },
    }),
  );
}

/**
 * Fetches a window and stores it part by part, each in one transaction: facts, roll-ups, coverage and progress. Buckets
 * with results that cannot be read are left as they were, uncovered; the stream is told so in the end.
 */
export async function syncWindow(context: RunContext, stream: PreparedFactStream, window: Range) {
  const fetchedAt = context.now();
  const calls = countCalls(context);
  let callsStored = 0;
  const isNewest = window === stream.windows[0];
  const { grouping, unreadable } = await fetchWindow({
    client: calls.client,
    stream: stream.stream,
    window,
    width: stream.width,
    fetchedAt,
    grouping: isNewest && stream.isFinestDue ? [] : stream.grouping,
    store: async (part) => {
      const callsNow = calls.count();
      await storePart(context, stream, { ...part, fetchedAt, calls: callsNow - callsStored });
      callsStored = callsNow;
    },
  });
  stream.unreadable ??= unreadable;
  // Only the newest window speaks for the future: old ranges may refuse groupings that today allows.
  if (isNewest && grouping.join() !== stream.grouping.join()) {
    stream.grouping = grouping;
    const oldest = stream.windows.at(-1) ?? window;
    const coarseFrom = isFinest(stream.stream, grouping) ? null : new Date(oldest.start);
    await inLease(context, (scope) => rememberGrouping(scope, stream.id, { grouping, coarseFrom }));
  }
}

type FetchedPart = WindowPart & { fetchedAt: Date; calls: number };

async function storePart({ access, run }: RunContext, { id, name, width }: PreparedFactStream, part: FetchedPart) {
  const { fetchedAt, facts, isLast, calls } = part;
  const orgId = access.org.id;
  const stream = { id, connectionId: run.connectionId, name };
  const window = { stream, width, start: new Date(part.start), end: new Date(part.end), fetchedAt };
  // What a failing machine takes back, facts and coverage alike, the next run fetches again.
  const isForgettable = true;
  await withTenantConnection(
    orgId,
    async (connection) => {
      const assertHeld = () => assertHeldRaw(connection, orgId, run.lease);
      const result = await replaceWindow(connection, orgId, { ...window, assertHeld }, facts);
      await giveWayToSync(connection, orgId, window);
      await countPart(connection, orgId, { runId: run.id, stream: name, calls, isLast, result });
    },
    { isForgettable },
  );
}

export async function syncDirectoryStream(context: RunContext, stream: PreparedDirectoryStream) {
  const { access, run } = context;
  const fetchedAt = context.now();
  const calls = countCalls(context);
  const where = { runId: run.id, name: stream.name };
  let progress = { windowsDone: 0, windowsTotal: 0 };
  let shownAt = Number.NEGATIVE_INFINITY;
  const changes = await syncList(access, {
    connectionId: run.connectionId,
    list: stream.stream.list,
    client: calls.client,
    beforeStoring: (scope) => holdStream(scope, { streamId: stream.id, lease: run.lease }),
    onProgress: async (windowsDone, windowsTotal) => {
      progress = { windowsDone, windowsTotal };
      if (performance.now() - shownAt < SHOWN_EVERY_MS) return;
      shownAt = performance.now();
      const data = { ...progress, calls: calls.count() };
      await inLease(context, (scope) => scope.db.syncRunStream.updateMany({ where, data }));
    },
  });
  await inLease(context, async (scope) => {
    await scope.db.syncRunStream.updateMany({
      where,
      data: {
        ...progress,
        calls: calls.count(),
        rowsSeen: changes.seen,
        rowsWritten: changes.written,
        rowsRemoved: changes.removed,
      },
    });
    await markListSynced(scope, stream.id, fetchedAt);
  });
}

/** What was asked and did not fail has succeeded, and is healthy again; in one transaction for all streams. */
export async function finishStreams(context: RunContext, streams: readonly PreparedStream[]) {
  for (const stream of streams)
    if (stream.kind === "facts" && stream.unreadable !== null && !stream.fault)
      await stopStream(context, stream, unreadableRows(stream.unreadable));
  const well = streams.filter(({ fault }) => !fault);
  await inLease(context, async (scope) => {
    await scope.db.syncRunStream.updateMany({
      where: {
        runId: context.run.id,
        name: { in: well.map(({ name }) => name) },
        state: { in: ["queued", "running"] },
      },
      data: { state: "succeeded", finishedAt: new Date() },
    });
    const asked = well.filter(({ isStarted }) => isStarted);
    const regrouped = asked.filter((stream) => stream.kind === "facts" && isRegrouped(stream));
    await markStreamsRegrouped(
      scope,
      regrouped.map(({ id }) => id),
    );
    await markStreamsHealthy(
      scope,
      asked.map(({ id }) => id),
    );
  });
}

const isRegrouped = (stream: PreparedFactStream) => stream.isRegrouped && isFinest(stream.stream, stream.grouping);

/** Writes down what a stream threw; the other streams go on. */
export async function failStream(context: RunContext, stream: PreparedStream, error: unknown) {
  const fault = faultOf(stream.stream, error);
  if (fault.code === "internal")
    context.access.log.error({ err: error, runId: context.run.id, stream: stream.name }, "stream failed");
  await stopStream(context, stream, fault);
}

/** Writes down why a stream stopped, for the run and for the stream itself. What is not offered is no failure of the run. */
export async function stopStream(context: RunContext, stream: PreparedStream, fault: StreamFault) {
  const { access, run } = context;
  stream.fault = fault;
  access.log.warn({ runId: run.id, stream: stream.name, code: fault.code }, "stream stopped");
  await inLease(context, async (scope) => {
    await markStreamFault(scope, stream.id, fault);
    await scope.db.syncRunStream.updateMany({
      where: { runId: run.id, name: stream.name },
      data: {
        state: fault.state === "unsupported" ? "succeeded" : "failed",
        errorCode: fault.code,
        errorMessage: fault.message,
        finishedAt: new Date(),
      },
    });
  });
}

/** A client that counts its calls: what a window cost is stored with it. */
function countCalls({ openClient }: RunContext) {
  let calls = 0;
  return { client: openClient(() => calls++), count: () => calls };
}
