import type { Abilities } from "@/server/connections/schema";
import type { DirectoryKind } from "@/server/directory/lists";
import { listDefinition } from "@/server/directory/lists";
import { toUtcDay } from "@/server/lib/time";
import type { BucketWidth } from "@/server/openai/streams";
import { isFinest, maxBuckets } from "@/server/sync/fetch-window";
import { planWindows, regroups } from "@/server/sync/plan-windows";
import type { Range } from "@/server/sync/ranges";
import type { StreamFault } from "@/server/sync/stream-fault";
import {
  ensureStreams,
  markStreamsNotPermitted,
  recordPlannedStreams,
  type StreamRow,
} from "@/server/sync/stream-rows.sql";
import { inLease, type RunContext } from "@/server/sync/run-context";
import { type FactStream, streamsOf, type SyncStream } from "@/server/sync/streams";

type Common = { id: number; name: string; fault: StreamFault | null; isStarted: boolean };

export type PreparedFactStream = Common & {
  kind: "facts";
  stream: FactStream;
  width: BucketWidth;
  grouping: readonly string[];
  /** The newest window asks for the finest grouping again, once a day: what refused it may have been a passing fault. */
  isFinestDue: boolean;
  /** The windows hold all days that were fetched with a coarser grouping. */
  isRegrouped: boolean;
  windows: Range[];
  /** What is wrong with a result that could not be read. */
  unreadable: string | null;
};
export type PreparedDirectoryStream = Common & {
  kind: "directory";
  stream: Extract<SyncStream, { kind: "directory" }>;
  itemKind: DirectoryKind;
  hangsOn: "none" | "project" | "group";
};
export type PreparedStream = PreparedFactStream | PreparedDirectoryStream;

const isPermitted = (abilities: Abilities) => (stream: SyncStream) => abilities[stream.kind];

/**
 * The run's streams with what each still has to fetch, recorded so that progress can be shown. What an earlier attempt of
 * the run has fetched is not fetched again; what the key may not read is marked so and left out.
 */
export function prepareStreams(context: RunContext): Promise<PreparedStream[]> {
  const { run } = context;
  const now = context.now().getTime();
  const wanted = streamsOf(run.kind);
  return inLease(context, async (scope) => {
    const rows = await ensureStreams(
      scope,
      run.connectionId,
      wanted.map(({ name }) => name),
    );
    const permitted = wanted.filter(isPermitted(run.abilities));
    const withheld = wanted.filter((stream) => !permitted.includes(stream));
    await markStreamsNotPermitted(
      scope,
      withheld.map(({ name }) => rowOf(rows, name).id),
    );
    const prepared = permitted.flatMap((stream) => prepareStream(stream, rowOf(rows, stream.name), { run, now }));
    const planned = prepared.map((stream) => ({
      name: stream.name,
      windows: stream.kind === "facts" ? stream.windows.length : 1,
    }));
    await recordPlannedStreams(scope, run.id, planned);
    return prepared;
  });
}

function rowOf(rows: ReadonlyMap<string, StreamRow>, name: string): StreamRow {
  const row = rows.get(name);
  if (!row) throw new Error(`stream ${name} was not stored`);
  return row;
}

type Plan = Pick<RunContext, "run"> & { now: number };

function prepareStream(stream: SyncStream, row: StreamRow, { run, now }: Plan): PreparedStream[] {
  const isFetched = row.syncedThrough !== null && row.syncedThrough > run.startedAt;
  const common = { id: row.id, name: stream.name, fault: null, isStarted: false };
  if (stream.kind === "directory") {
    const { kind: itemKind, parents: hangsOn } = listDefinition(stream.list);
    return isFetched ? [] : [{ ...common, kind: "directory", stream, itemKind, hangsOn }];
  }
  const width: BucketWidth = stream.kind === "usage" && run.usageGranularity === "hour" ? "1h" : "1d";
  const regroupFrom = row.coarseFrom && isFinest(stream, row.grouping) ? row.coarseFrom.getTime() : null;
  const isMovingDone = isFetched && !run.isRefetch;
  const windows = planWindows({
    kind: run.kind === "directory" ? "trailing" : run.kind,
    now,
    width,
    maxBuckets: maxBuckets(stream, width),
    backfillDays: run.backfillDays,
    trailingDays: run.trailingDays,
    coverage: row.coverage,
    requested: run.requested,
    isRefetch: run.isRefetch,
    fillsHistory: run.fillsHistory,
    isMovingDone,
    regroupFrom,
  });
  const isFinestDue = row.syncedThrough === null || toUtcDay(row.syncedThrough) < toUtcDay(new Date(now));
  const isRegrouped = regroupFrom !== null && !isMovingDone && regroups(run);
  const { grouping } = row;
  return [{ ...common, kind: "facts", stream, width, grouping, isFinestDue, isRegrouped, windows, unreadable: null }];
}
