import type { OrgAccess } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import { syncList } from "@/server/directory/sync-list";
import { redactText } from "@/server/lib/redact";
import type { ProviderClient } from "@/server/openai/client";
import { ProviderError } from "@/server/openai/errors";
import type { ClaimedRun } from "@/server/sync/claim-run";
import { fetchWindow } from "@/server/sync/fetch-window";
import type { PreparedDirectoryStream, PreparedFactStream, PreparedStream } from "@/server/sync/prepare-streams";
import type { Range } from "@/server/sync/ranges";
import { countPart } from "@/server/sync/runs.sql";
import { markListSynced, markStreamFault, rememberGrouping, type StreamFault } from "@/server/sync/stream-rows.sql";
import type { WindowPart } from "@/server/sync/window-parts";
import { replaceWindow } from "@/server/usage/replace-window";

export type RunContext = {
  access: OrgAccess;
  run: ClaimedRun;
  /** A client of the run's connection that tells of each call, attempts included. */
  openClient: (onCall: () => void) => ProviderClient;
  now: () => Date;
};

export async function startStream({ access, run }: RunContext, stream: PreparedStream) {
  if (stream.isStarted) return;
  stream.isStarted = true;
  await access.inScope((scope) =>
    scope.db.syncRunStream.updateMany({
      where: { runId: run.id, name: stream.name },
      data: { state: "running", startedAt: new Date() },
    }),
  );
}

/** Fetches a window and stores it part by part, each in one transaction: facts, roll-ups, coverage and progress. */
export async function syncWindow(context: RunContext, stream: PreparedFactStream, window: Range) {
  const { access } = context;
  const fetchedAt = context.now();
  const calls = countCalls(context);
  let callsStored = 0;
  const grouping = await fetchWindow({
    client: calls.client,
    stream: stream.stream,
    window,
    width: stream.width,
    fetchedAt,
    grouping: stream.grouping,
    store: async (part) => {
      const callsNow = calls.count();
      await storePart(context, stream, { ...part, fetchedAt, calls: callsNow - callsStored });
      callsStored = callsNow;
    },
  });
  // Only the newest window speaks for the future: old ranges may refuse groupings that today allows.
  if (window === stream.windows[0] && grouping.join() !== stream.grouping.join()) {
    stream.grouping = grouping;
    await access.inScope((scope) => rememberGrouping(scope, stream.id, grouping));
  }
}

type FetchedPart = WindowPart & { fetchedAt: Date; calls: number };

async function storePart({ access, run }: RunContext, { id, name, width }: PreparedFactStream, part: FetchedPart) {
  const { skipped, fetchedAt, facts, isLast, calls } = part;
  if (skipped > 0)
    access.log.warn({ runId: run.id, stream: name, skipped }, "results that cannot be read were left out");
  const orgId = access.org.id;
  const stream = { id, connectionId: run.connectionId, name };
  const window = { stream, width, start: new Date(part.start), end: new Date(part.end), fetchedAt };
  await withTenantConnection(orgId, async (connection) => {
    const result = await replaceWindow(connection, orgId, window, facts);
    await countPart(connection, orgId, { runId: run.id, stream: name, calls, isLast, result });
  });
}

export async function syncDirectoryStream(context: RunContext, stream: PreparedDirectoryStream) {
  const { access, run } = context;
  const fetchedAt = context.now();
  const calls = countCalls(context);
  const where = { runId: run.id, name: stream.name };
  const changes = await syncList(access, {
    connectionId: run.connectionId,
    list: stream.stream.list,
    client: calls.client,
    onProgress: async (windowsDone, windowsTotal) => {
      const data = { windowsDone, windowsTotal, calls: calls.count() };
      await access.inScope((scope) => scope.db.syncRunStream.updateMany({ where, data }));
    },
  });
  await access.inScope(async (scope) => {
    await scope.db.syncRunStream.updateMany({
      where,
      data: {
        calls: calls.count(),
        rowsSeen: changes.seen,
        rowsWritten: changes.written,
        rowsRemoved: changes.removed,
      },
    });
    await markListSynced(scope, stream.id, fetchedAt);
  });
}

export async function finishStream({ access, run }: RunContext, stream: PreparedStream) {
  if (stream.fault) return;
  await access.inScope((scope) =>
    scope.db.syncRunStream.updateMany({
      where: { runId: run.id, name: stream.name, state: { in: ["queued", "running"] } },
      data: { state: "succeeded", finishedAt: new Date() },
    }),
  );
}

/** Writes down why a stream stopped, for the run and for the stream itself; the other streams go on. */
export async function recordStreamFault(
  { access, run }: RunContext,
  stream: PreparedStream,
  error: unknown,
): Promise<StreamFault> {
  const fault = faultOf(error);
  if (fault.code === "internal") access.log.error({ err: error, runId: run.id, stream: stream.name }, "stream failed");
  else access.log.warn({ runId: run.id, stream: stream.name, code: fault.code }, "stream stopped");
  await access.inScope(async (scope) => {
    await markStreamFault(scope, stream.id, fault);
    await scope.db.syncRunStream.updateMany({
      where: { runId: run.id, name: stream.name },
      data: { state: "failed", errorCode: fault.code, errorMessage: fault.message, finishedAt: new Date() },
    });
  });
  return fault;
}

function faultOf(error: unknown): StreamFault {
  if (!(error instanceof ProviderError))
    return { state: "failing", code: "internal", message: "An error of ours; the log has it." };
  const state =
    error.kind === "permission" || error.kind === "auth"
      ? "forbidden"
      : error.kind === "bad_request"
        ? "unsupported"
        : "failing";
  return { state, code: error.kind, message: redactText(error.message).slice(0, 500) };
}

/** A client that counts its calls: what a window cost is stored with it. */
function countCalls({ openClient }: RunContext) {
  let calls = 0;
  return { client: openClient(() => calls++), count: () => calls };
}
