import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { changesTable } from "@/server/exports/changes/changes-table";
import { encodeParquet } from "@/server/exports/encode-parquet";
import { encodeCsv, encodeJson, encodeNdjson } from "@/server/exports/encode-text";
import { exploreTable } from "@/server/exports/explore-table";
import { factsTable } from "@/server/exports/facts-table";
import { fileOf } from "@/server/exports/file-name";
import { focusTable } from "@/server/exports/focus-table";
import { describeExport, type ExportManifest, Tally } from "@/server/exports/manifest";
import { reportTable } from "@/server/exports/report-table";
import type { ExportRequest } from "@/server/exports/schema";
import { nameOfActor, recordDownload, recordWritten, type Seen } from "@/server/exports/schedules/runs";
import { searchOf } from "@/server/exports/search-of";
import { whatIsSeen } from "@/server/exports/seen.sql";
import type { ExportTable } from "@/server/exports/table";
import { type ReportCoverage, reportCoverage } from "@/server/usage/facts-report-coverage";

/** A download that nobody reads keeps a database connection: it ends here. */
const PATIENCE_MS = 60 * 60_000;

export type StartedExport = {
  stream: Readable;
  fileName: string;
  mediaType: string;
  /** Settles when the stream has ended; rejects with what the stream broke with. */
  manifest: Promise<ExportManifest>;
};

type Options = {
  signal?: AbortSignal;
  /** The run of a schedule that this is; a download of its own without one. */
  runId?: string;
};

/**
 * Writes figures of an org as they are at this moment: one snapshot, constant memory for facts, as slowly as it is read.
 * That it was asked for is on record before the first byte, and what it held after the last.
 * @throws AppError for what cannot be answered, before there is a stream; what breaks later breaks the stream
 */
export async function startExport(
  access: OrgAccess,
  request: ExportRequest,
  { signal, runId }: Options = {},
): Promise<StartedExport> {
  const { org } = access;
  const { range, format, source } = request;
  await access.inScope(async (scope) => {
    scope.audit({
      action: "export.create",
      target: { type: "org", id: org.id, name: org.name },
      after: { ...range, format, source },
    });
  });
  const file = fileOf(org.slug, request);
  const stream = new PassThrough({ highWaterMark: 1 << 18 });
  const closed = new AbortController();
  stream.once("close", () => closed.abort());
  const stop = AbortSignal.any([closed.signal, AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])]);
  // Who reads hears of it; an event that nobody listens to would end the process.
  stream.on("error", (err) => access.log.warn({ err }, "export"));
  const { opened, manifest } = begin(access, request, { stream, stop, runId });
  await Promise.race([opened, manifest]);
  return { stream, fileName: file.name, mediaType: file.mediaType, manifest };
}

type Begun = { stream: PassThrough; stop: AbortSignal; runId: string | undefined };

/** Writes by itself from here on. `opened` settles before the first row, as soon as there is something to write. */
function begin(access: OrgAccess, request: ExportRequest, { stream, stop, runId }: Begun) {
  let markOpened = () => {};
  const opened = new Promise<void>((resolve) => {
    markOpened = resolve;
  });
  const manifest = write(access, request, { stream, stop, markOpened }).then(async (written) => {
    if (!request.isManifest) await access.inScope((scope) => record(scope, { request, runId, ...written }));
    return written.manifest;
  });
  manifest.catch((error: Error) => stream.destroy(error));
  return { opened, manifest };
}

type Sink = { stream: PassThrough; stop: AbortSignal; markOpened: () => void };
type Written = { manifest: ExportManifest; seen: Seen };

function write(access: OrgAccess, request: ExportRequest, { stream, stop, markOpened }: Sink): Promise<Written> {
  const generatedAt = new Date();
  return access.inScope(
    async (scope) => {
      const seen = await whatIsSeen(scope);
      const { table, coverage } = await openTable(scope, request);
      markOpened();
      const tally = new Tally();
      for await (const piece of encode(tally.counting(table), request)) await put(stream, tally.take(piece), stop);
      stream.end();
      const file = fileOf(access.org.slug, request);
      const parts = { organization: access.org.slug, request, coverage, table, file, generatedAt };
      return { manifest: describeExport(parts, tally), seen };
    },
    { timeoutMs: PATIENCE_MS, isSnapshot: true },
  );
}

async function record(scope: OrgScope, done: Written & { request: ExportRequest; runId: string | undefined }) {
  const { request, runId, ...written } = done;
  if (runId) return recordWritten(scope, runId, written);
  const ordered = { search: searchOf(request), range: request.range, requestedBy: nameOfActor(scope) };
  return recordDownload(scope, { ...ordered, ...written });
}

type OpenTable = { table: ExportTable; coverage: ReportCoverage };

async function openTable(scope: OrgScope, { format, source, range }: ExportRequest): Promise<OpenTable> {
  if (source.kind === "explore") return exploreTable(scope, source);
  if (source.kind === "changes") return changesTable(scope, source.runId, range);
  const coverage = await reportCoverage(scope, streamOf(source), range);
  if (format === "focus") return { table: focusTable(scope, range), coverage };
  const isFacts = source.kind === "facts";
  return { table: isFacts ? factsTable(scope, source.stream, range) : reportTable(scope, source, range), coverage };
}

/** The list that the figures are of. */
function streamOf(source: Exclude<ExportRequest["source"], { kind: "explore" | "changes" }>): string {
  if (source.kind === "facts") return source.stream;
  if (source.kind === "usage") return `usage.${source.endpoint}`;
  return source.groupBy.includes("user") ? "costs.user" : "costs.project";
}

function encode(table: ExportTable, { format, hasBom }: ExportRequest): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case "csv":
    case "focus":
      return encodeCsv(table, hasBom);
    case "json":
      return encodeJson(table);
    case "ndjson":
      return encodeNdjson(table);
    case "parquet":
      return encodeParquet(table);
    default:
      return format satisfies never;
  }
}

/** Waits while nobody reads. @throws when the reader is gone */
async function put(stream: PassThrough, bytes: Uint8Array, stop: AbortSignal) {
  stop.throwIfAborted();
  if (!stream.write(bytes)) await once(stream, "drain", { signal: stop });
}
