import type { OrgScope } from "@/server/auth/scope";
import { columnOf, usageStreamsOf } from "@/server/explore/measures";
import { type ChangeRow, readChanges } from "@/server/exports/changes/read-changes.sql";
import { type Held, type SplitDays, splitDays } from "@/server/exports/changes/whole-days";
import { readWholeDays } from "@/server/exports/changes/whole-rows";
import { instant } from "@/server/exports/facts-table";
import type { ExportManifest } from "@/server/exports/manifest";
import { Names } from "@/server/exports/names";
import { type ListedStream, listedStreams } from "@/server/exports/read-facts.sql";
import { findRun, type Seen } from "@/server/exports/schedules/runs";
import { requestOf } from "@/server/exports/schema";
import type { ExportRequest } from "@/server/exports/schema";
import { type Cell, decimal, type ExportColumn, type ExportTable, text } from "@/server/exports/table";
import { AppError } from "@/server/lib/errors";
import { subtractDecimals } from "@/server/lib/money";
import { toUtcDay } from "@/server/lib/time";
import { type ReportCoverage, reportCoverage } from "@/server/usage/facts-report-coverage";
import type { DayRange } from "@/server/usage/schema";

/** What of an export is compared: which lists, which of their columns, and what it held. */
type ChangesSince = { streams: string[]; measure: string | null; seen: Seen; held: Held };

/**
 * What is not as it was in an export. Of days that were closed then, what the provider restated, with the figures before and
 * after. Days that were open or missing then, that the export is not of, or of connections and imports that came since, are
 * told whole, as they are now: nobody kept what they were. Whoever has the export is up to date who changes the one and
 * replaces the other. @throws AppError not_found, precondition for an export that was never written
 */
export async function changesTable(
  scope: OrgScope,
  runId: string,
  range: DayRange,
): Promise<{ table: ExportTable; coverage: ReportCoverage }> {
  const since = await changesSince(scope, runId);
  const compared = await comparedLists(scope, since, range);
  const told = { restated: 0, whole_day: 0 };
  const table: ExportTable = {
    columns,
    pages: pagesOf(scope, compared, told),
    money: null,
    remarks: () => ({
      since: since.seen.takenAt.toISOString(),
      restated_rows: told.restated,
      whole_day_rows: told.whole_day,
      whole_days: splitDays(range, since.held).whole.map(daysText).join(","),
      whole_connections: namesOfNew(compared).join(","),
    }),
  };
  return { table, coverage: await reportCoverage(scope, since.streams[0] ?? "costs.project", range) };
}

/** As ISO 8601 writes intervals; the end is exclusive. */
const daysText = ({ from, to }: DayRange) => `${from}/${to}`;

/** What the provider restated alone, and what changesTable tells whole besides. @throws as changesTable */
export async function restatedTable(scope: OrgScope, runId: string, range: DayRange) {
  const since = await changesSince(scope, runId);
  const compared = await comparedLists(scope, since, range);
  const settled = compared.map((one) => ({ ...one, whole: [] }));
  return {
    columns,
    pages: pagesOf(scope, settled, { restated: 0, whole_day: 0 }),
    whole: splitDays(range, since.held).whole,
    newConnections: namesOfNew(compared),
  };
}

/** @throws AppError as changesTable */
async function changesSince(scope: OrgScope, runId: string): Promise<ChangesSince> {
  const { search, takenAt, snapshot, fromDay, toDay, manifest } = await findRun(scope, runId);
  const request = requestOf(search, anyDays);
  if (!takenAt || !snapshot || !request.success) {
    throw new AppError("precondition", "export_not_written", { message: "This export was never written." });
  }
  const { source } = request.data;
  const { missing = [] } = (manifest ?? {}) as Partial<ExportManifest>;
  const held = {
    range: { from: toUtcDay(fromDay), to: toUtcDay(toDay) },
    missing,
    isZoned: source.kind === "explore" && source.query.zone !== "utc",
  };
  return { ...streamsOf(source), seen: { takenAt, snapshot }, held };
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

type Change = "restated" | "whole_day";

/** A list of a connection, and which of its days are compared or told whole. */
type Compared = SplitDays & {
  stream: ListedStream;
  list: string;
  since: ChangesSince;
  /** Nothing of what came after an export was in it. */
  isNew: boolean;
};

async function comparedLists(scope: OrgScope, since: ChangesSince, range: DayRange): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const list of since.streams) {
    for (const stream of await listedStreams(scope, list)) {
      const isNew = stream.connectedAt > since.seen.takenAt;
      const days = isNew ? { settled: [], whole: [range] } : splitDays(range, since.held);
      compared.push({ ...days, stream, list, since, isNew });
    }
  }
  return compared;
}

const namesOfNew = (compared: readonly Compared[]): string[] => [
  ...new Set(compared.filter(({ isNew }) => isNew).map(({ stream }) => stream.connectionName)),
];

async function* pagesOf(scope: OrgScope, compared: readonly Compared[], told: Record<Change, number>) {
  const names = new Names(scope);
  for (const one of compared) {
    for await (const { change, rows } of changesOf(scope, one)) {
      told[change] += rows.length;
      await names.learn(rows);
      yield rows.map((row) => fields.map(({ value }) => value(row, { ...one, change, names })));
    }
  }
}

async function* changesOf(scope: OrgScope, { stream, list, since, settled, whole }: Compared) {
  const { measure, seen } = since;
  for (const range of settled)
    for await (const rows of readChanges(scope, { stream, range, seen, measure }))
      yield { change: "restated", rows } as const;
  for (const range of whole)
    for await (const rows of readWholeDays(scope, { stream, list, range, measure }))
      yield { change: "whole_day", rows } as const;
}

type Place = { change: Change; stream: ListedStream; list: string; names: Names };
type Field = ExportColumn & { value: (row: ChangeRow, place: Place) => Cell };

const fields: readonly Field[] = [
  { ...text("change"), value: (_, { change }) => change },
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
  {
    ...decimal("difference"),
    value: ({ before, after }, { change }) =>
      change === "whole_day" ? null : subtractDecimals(after ?? "0", before ?? "0"),
  },
  { name: "observed_at", kind: "instant", value: ({ observedAt }) => observedAt && instant(observedAt) },
];

const columns: ExportColumn[] = fields.map(({ name, kind }) => ({ name, kind }));
