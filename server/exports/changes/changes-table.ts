import type { OrgScope } from "@/server/auth/scope";
import { columnOf, usageStreamsOf } from "@/server/explore/measures";
import { type ChangeRow, readChanges } from "@/server/exports/changes/read-changes.sql";
import { instant } from "@/server/exports/facts-table";
import { Names } from "@/server/exports/names";
import { type ListedStream, listedStreams } from "@/server/exports/read-facts.sql";
import { findRun, type Seen } from "@/server/exports/schedules/runs";
import { requestOf } from "@/server/exports/schema";
import type { ExportRequest } from "@/server/exports/schema";
import { type Cell, decimal, type ExportColumn, type ExportTable, text } from "@/server/exports/table";
import { AppError } from "@/server/lib/errors";
import { subtractDecimals } from "@/server/lib/money";
import { type ReportCoverage, reportCoverage } from "@/server/usage/facts-report-coverage";
import type { DayRange } from "@/server/usage/schema";

/** What of an export was restated since: which lists, and which of their columns. */
export type ChangesSince = { streams: string[]; measure: string | null; seen: Seen };

/**
 * What the provider changed since an export in buckets that were closed then, with the figures before and after. Days that
 * were open or missing then are no changes: the export's manifest names them.
 * @throws AppError not_found, precondition for an export that was never written
 */
export async function changesTable(
  scope: OrgScope,
  runId: string,
  range: DayRange,
): Promise<{ table: ExportTable; coverage: ReportCoverage }> {
  const since = await changesSince(scope, runId);
  const table: ExportTable = {
    columns,
    pages: pagesOf(scope, since, range),
    money: null,
    remarks: () => ({ since: since.seen.takenAt.toISOString() }),
  };
  return { table, coverage: await reportCoverage(scope, since.streams[0] ?? "costs.project", range) };
}

/** @throws as changesTable */
export async function changesSince(scope: OrgScope, runId: string): Promise<ChangesSince> {
  const { search, takenAt, snapshot } = await findRun(scope, runId);
  const request = requestOf(search, anyDays);
  if (!takenAt || !snapshot || !request.success) {
    throw new AppError("precondition", "export_not_written", { message: "This export was never written." });
  }
  return { ...streamsOf(request.data.source), seen: { takenAt, snapshot } };
}

const anyDays = { from: "2026-10-01", to: "2026-10-02" };

function streamsOf(source: ExportRequest["source"]): Pick<ChangesSince, "streams" | "measure"> {
  switch (source.kind) {
    case "facts":
      return { streams: [source.stream], measure: null };
    case "costs":
      return { streams: costsBy(source.groupBy), measure: "amount" };
    case "usage":
      return { streams: [`usage.${source.endpoint}`], measure: null };
    case "explore": {
      const { measure, groupBy } = source.query;
      if (measure === "cost") return { streams: costsBy(groupBy), measure: "amount" };
      return { streams: usageStreamsOf(measure), measure: columnOf(measure) };
    }
    case "changes":
      throw new AppError("precondition", "export_not_written", { message: "Changes are no export of figures." });
    default:
      return source satisfies never;
  }
}

const costsBy = (groupBy: readonly string[]) => (groupBy.includes("user") ? ["costs.user"] : ["costs.project"]);

async function* pagesOf(scope: OrgScope, { streams, measure, seen }: ChangesSince, range: DayRange) {
  const names = new Names(scope);
  for (const name of streams) {
    for (const stream of await listedStreams(scope, name)) {
      for await (const rows of readChanges(scope, { stream, range, seen, measure })) {
        await names.learn(rows);
        yield rows.map((row) => fields.map(({ value }) => value(row, { stream, list: name, names })));
      }
    }
  }
}

type Place = { stream: ListedStream; list: string; names: Names };
type Field = ExportColumn & { value: (row: ChangeRow, place: Place) => Cell };

const fields: readonly Field[] = [
  { ...text("connection_id"), value: (_, { stream }) => stream.connectionId },
  { ...text("connection_name"), value: (_, { stream }) => stream.connectionName },
  { ...text("list"), value: (_, { list }) => list },
  { name: "bucket_start", kind: "instant", value: ({ at }) => instant(at) },
  { ...text("bucket_width"), value: ({ bucketWidth }) => bucketWidth },
  { ...text("project_id"), value: ({ projectId }) => projectId },
  { ...text("project_name"), value: ({ projectId }, { names }) => names.of("project", projectId) },
  { ...text("user_id"), value: ({ userId }) => userId },
  { ...text("user_name"), value: ({ userId }, { names }) => names.of("user", userId) },
  { ...text("api_key_id"), value: ({ apiKeyId }) => apiKeyId },
  { ...text("api_key_name"), value: ({ apiKeyId }, { names }) => names.of("api_key", apiKeyId) },
  { ...text("model"), value: ({ model }) => model },
  { ...text("line_item"), value: ({ lineItem }) => lineItem },
  { ...text("currency"), value: ({ currency }) => currency },
  { ...text("measure"), value: ({ measure }) => measure },
  { ...decimal("before"), value: ({ before }) => before },
  { ...decimal("after"), value: ({ after }) => after },
  { ...decimal("difference"), value: ({ before, after }) => subtractDecimals(after ?? "0", before ?? "0") },
  { name: "observed_at", kind: "instant", value: ({ observedAt }) => instant(observedAt) },
];

const columns: ExportColumn[] = fields.map(({ name, kind }) => ({ name, kind }));
