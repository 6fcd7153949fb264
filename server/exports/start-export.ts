import { once } from "node:events";
import { PassThrough, type Readable } from "node:stream";
import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { encodeParquet } from "@/server/exports/encode-parquet";
import { encodeCsv, encodeJson, encodeNdjson } from "@/server/exports/encode-text";
import { exploreTable } from "@/server/exports/explore-table";
import { factsTable } from "@/server/exports/facts-table";
import { fileOf } from "@/server/exports/file-name";
import { focusTable } from "@/server/exports/focus-table";
import { describeExport, type ExportManifest, Tally } from "@/server/exports/manifest";
import { reportTable } from "@/server/exports/report-table";
import type { ExportRequest } from "@/server/exports/schema";
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

/**
 * Writes figures of an org as they are at this moment: one snapshot, constant memory for facts, as slowly as it is read.
 * That it was asked for is on record before the first byte.
 */
export async function startExport(
  access: OrgAccess,
  request: ExportRequest,
  signal?: AbortSignal,
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
  const manifest = write(access, request, { stream, stop });
  manifest.catch((error: Error) => {
    access.log.warn({ err: error }, "export");
    stream.destroy(error);
  });
  return { stream, fileName: file.name, mediaType: file.mediaType, manifest };
}

type Sink = { stream: PassThrough; stop: AbortSignal };

function write(access: OrgAccess, request: ExportRequest, { stream, stop }: Sink): Promise<ExportManifest> {
  const generatedAt = new Date();
  return access.inScope(
    async (scope) => {
      const { table, coverage } = await openTable(scope, request);
      const tally = new Tally();
      for await (const piece of encode(tally.counting(table), request)) await put(stream, tally.take(piece), stop);
      stream.end();
      const file = fileOf(access.org.slug, request);
      return describeExport({ organization: access.org.slug, request, coverage, table, file, generatedAt }, tally);
    },
    { timeoutMs: PATIENCE_MS, isSnapshot: true },
  );
}

type OpenTable = { table: ExportTable; coverage: ReportCoverage };

async function openTable(scope: OrgScope, { format, source, range }: ExportRequest): Promise<OpenTable> {
  if (source.kind === "explore") return exploreTable(scope, source);
  const coverage = await reportCoverage(scope, streamOf(source), range);
  if (format === "focus") return { table: focusTable(scope, range), coverage };
  const isFacts = source.kind === "facts";
  return { table: isFacts ? factsTable(scope, source.stream, range) : reportTable(scope, source, range), coverage };
}

/** The list that the figures are of. */
function streamOf(source: Exclude<ExportRequest["source"], { kind: "explore" }>): string {
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
