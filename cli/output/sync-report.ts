import type { Outcome } from "@/cli/command";
import { renderTable } from "@/cli/output/table";
import type { RunProgress } from "@/server/sync/schema";

export type SyncedRun = { connection: { id: string; name: string }; run: RunProgress & { errorCode?: string | null } };

export function progressOf(run: RunProgress): string {
  const left = run.secondsLeft === null ? "" : `, about ${run.secondsLeft} s left`;
  return `${run.state}: ${run.windowsDone} of ${run.windowsTotal} windows, ${run.calls} calls, ${run.rowsWritten} rows written${left}`;
}

const describeRun = ({ connection, run }: SyncedRun) => ({
  run_id: run.id,
  connection_id: connection.id,
  connection_name: connection.name,
  kind: run.kind,
  state: run.state,
  ...(run.errorCode ? { error: run.errorCode } : {}),
});

/** Finished runs: what each stream took and brought. Anything less than success of all is a failure. */
export function syncedRuns(synced: readonly SyncedRun[]): Outcome {
  const rows = synced.flatMap(({ connection, run }) =>
    run.streams.map((stream) => ({
      connection_id: connection.id,
      connection_name: connection.name,
      stream: stream.name,
      state: stream.state,
      calls: stream.calls,
      rows_written: stream.rowsWritten,
      rows_changed: stream.rowsChanged,
      rows_removed: stream.rowsRemoved,
      windows: stream.windowsDone,
      seconds: stream.seconds === null ? null : Math.round(stream.seconds * 1000) / 1000,
      error: stream.errorCode === null ? null : { code: stream.errorCode, message: stream.errorMessage },
    })),
  );
  return {
    json: { rows, runs: synced.map(describeRun) },
    text: [
      renderTable(
        columns,
        rows.map((row) => [
          row.connection_name,
          row.stream,
          row.state,
          row.calls,
          row.rows_written,
          row.rows_changed,
          row.rows_removed,
          row.windows,
          row.seconds?.toFixed(1),
          row.error?.code ?? "",
        ]),
      ),
      "",
      ...synced.map(
        ({ connection, run }) => `${connection.name}: ${run.state}${run.errorCode ? ` (${run.errorCode})` : ""}.`,
      ),
    ].join("\n"),
    hasFailed: synced.some(({ run }) => run.state !== "succeeded"),
  };
}

const columns = [
  { title: "connection" },
  { title: "stream" },
  { title: "state" },
  { title: "calls", align: "count" },
  { title: "written", align: "count" },
  { title: "changed", align: "count" },
  { title: "removed", align: "count" },
  { title: "windows", align: "count" },
  { title: "seconds", align: "decimal" },
  { title: "error" },
] as const;

/** Runs that a worker will execute. */
export function queuedRuns(queued: readonly SyncedRun[]): Outcome {
  return {
    json: { runs: queued.map(describeRun) },
    text: queued
      .map(({ connection, run }) => `${connection.name}: ${run.state} as ${run.id}; a running Tollkeeper fetches it.`)
      .join("\n"),
  };
}
