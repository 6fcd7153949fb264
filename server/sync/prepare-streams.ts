import type { OrgAccess } from "@/server/auth/scope";
import { listDefinition } from "@/server/directory/lists";
import type { ClaimedRun } from "@/server/sync/claim-run";
import { maxBuckets } from "@/server/sync/fetch-window";
import type { BucketWidth } from "@/server/openai/streams";
import { planWindows } from "@/server/sync/plan-windows";
import type { Range } from "@/server/sync/ranges";
import { ensureStreams, type StreamFault } from "@/server/sync/stream-rows.sql";
import { type FactStream, streamsOf, type SyncStream } from "@/server/sync/streams";

type Common = { id: number; name: string; fault: StreamFault | null; isStarted: boolean };

export type PreparedFactStream = Common & {
  kind: "facts";
  stream: FactStream;
  width: BucketWidth;
  grouping: readonly string[];
  windows: Range[];
};
export type PreparedDirectoryStream = Common & {
  kind: "directory";
  stream: Extract<SyncStream, { kind: "directory" }>;
  hangsOn: "none" | "project" | "group";
};
export type PreparedStream = PreparedFactStream | PreparedDirectoryStream;

/**
 * The run's streams with what each still has to fetch, recorded so that progress can be shown. What an earlier attempt of
 * the run has fetched is not fetched again.
 */
export function prepareStreams(access: OrgAccess, run: ClaimedRun, now: Date): Promise<PreparedStream[]> {
  const streams = streamsOf(run.kind);
  return access.inScope(async (scope) => {
    const rows = await ensureStreams(
      scope,
      run.connectionId,
      streams.map((stream) => stream.name),
    );
    const prepared = streams.flatMap((stream): PreparedStream[] => {
      const row = rows.get(stream.name);
      if (!row) throw new Error(`stream ${stream.name} was not stored`);
      const isFetched = row.syncedThrough !== null && row.syncedThrough > run.startedAt;
      const common = { id: row.id, name: stream.name, fault: null, isStarted: false };
      if (stream.kind === "directory") {
        const hangsOn = listDefinition(stream.list).parents;
        return isFetched ? [] : [{ ...common, kind: "directory", stream, hangsOn }];
      }
      const width: BucketWidth = stream.kind === "usage" && run.usageGranularity === "hour" ? "1h" : "1d";
      const windows = planWindows({
        kind: run.kind === "directory" ? "trailing" : run.kind,
        now: now.getTime(),
        width,
        maxBuckets: maxBuckets(stream, width),
        backfillDays: run.backfillDays,
        trailingDays: run.trailingDays,
        coverage: row.coverage,
        requested: run.requested,
        isRefetch: run.isRefetch,
        isMovingDone: isFetched && !run.isRefetch,
      });
      return [{ ...common, kind: "facts", stream, width, grouping: row.grouping, windows }];
    });
    for (const stream of prepared) {
      const windows = stream.kind === "facts" ? stream.windows.length : 1;
      await scope.db.$executeRaw`
        insert into sync_run_streams (org_id, run_id, name, windows_total)
        values (${scope.org.id}::uuid, ${run.id}::uuid, ${stream.name}, ${windows})
        on conflict (org_id, run_id, name) do update
          set windows_total = sync_run_streams.windows_done + excluded.windows_total,
            state = 'queued', error_code = null, error_message = null, finished_at = null`;
    }
    return prepared;
  });
}
