import pLimit from "p-limit";
import { isProviderError } from "@/server/openai/errors";
import { LeaseLost } from "@/server/sync/lease.sql";
import { interleave } from "@/server/sync/plan-windows";
import type { PreparedDirectoryStream, PreparedFactStream, PreparedStream } from "@/server/sync/prepare-streams";
import type { RunContext } from "@/server/sync/run-context";
import {
  failStream,
  finishStreams,
  startStream,
  stopStream,
  syncDirectoryStream,
  syncWindow,
} from "@/server/sync/stream-work";

const DIRECTORY_CONCURRENCY = 4;

/**
 * Fetches what the streams want, and sets `fault` on those that failed. Names are fetched beside the windows, not behind
 * them: they are wanted with the first figures.
 */
export async function runStreams(context: RunContext, streams: readonly PreparedStream[], concurrency: number) {
  const facts = streams.filter((stream) => stream.kind === "facts");
  const lists = streams.filter((stream) => stream.kind === "directory");
  await Promise.all([runWindows(context, facts, concurrency), runLists(context, lists)]);
  if (context.beat.reason() === null) await finishStreams(context, streams);
}

/** The newest window of each stream, then all of them in turn, as their numbers are. */
async function runWindows(context: RunContext, streams: readonly PreparedFactStream[], concurrency: number) {
  // While some windows are asked for, as many others are read, and stored; the limiter keeps to the calls.
  const limit = pLimit(3 * concurrency);
  const windows = interleave(streams.map((stream) => stream.windows.map((window) => ({ stream, window }))));
  await Promise.all(
    windows.map(({ stream, window }) =>
      limit(() => guarded(context, stream, () => syncWindow(context, stream, window))),
    ),
  );
}

/** First the lists that others hang on: without projects there is nothing to ask about keys of projects. */
async function runLists(context: RunContext, lists: readonly PreparedDirectoryStream[]) {
  const limit = pLimit(DIRECTORY_CONCURRENCY);
  const run = (some: readonly PreparedDirectoryStream[]) =>
    Promise.all(some.map((list) => limit(() => guarded(context, list, () => syncDirectoryStream(context, list)))));
  const roots = lists.filter((list) => list.hangsOn === "none");
  const hanging = lists.filter((list) => list.hangsOn !== "none");
  await run(roots);
  for (const list of hanging) {
    const fault = roots.find(({ itemKind }) => itemKind === list.hangsOn)?.fault;
    if (fault) await guarded(context, list, () => stopStream(context, list, fault));
  }
  await run(hanging);
}

/** A stream that fails stops alone; a refused key and a lost connection end the run. */
async function guarded(context: RunContext, stream: PreparedStream, work: () => Promise<void>) {
  const { beat } = context;
  if (stream.fault || beat.signal.aborted) return;
  try {
    await startStream(context, stream);
    await work().catch(async (error: unknown) => {
      if (error instanceof LeaseLost) throw error;
      if (beat.signal.aborted) return;
      // Before it is written down: meanwhile others would go on asking with a refused key.
      if (isProviderError(error, "auth")) beat.abort(error);
      await failStream(context, stream, error);
    });
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    beat.lose();
  }
}
