import { createHash } from "node:crypto";
import { formatFilter } from "@/server/explore/constants";
import { EXPORT_SCHEMA_VERSION } from "@/server/exports/constants";
import type { ExploreSource } from "@/server/exports/explore-source";
import type { ExportRequest } from "@/server/exports/schema";
import type { ExportColumn, ExportTable } from "@/server/exports/table";
import { addDecimals } from "@/server/lib/money";
import type { ReportCoverage } from "@/server/usage/facts-report-coverage";
import type { ReportProblem } from "@/server/usage/facts-report-coverage";

/** What a column adds up to, exactly, as decimal text; money by currency. */
export type ManifestSum = { column: string; currency?: string; sum: string };

/** What a file is, so that it can be checked without us. Names are a promise: never rename, only add. */
export type ExportManifest = {
  schema_version: number;
  organization: string;
  format: ExportRequest["format"];
  source: Record<string, string | number | string[]>;
  /** UTC days; `to` is exclusive. */
  from: string;
  to: string;
  generated_at: string;
  as_of: string | null;
  complete: boolean;
  missing: { from: string; to: string }[];
  problems: { connection_id: string; connection_name: string; stream: string | null; code: string }[];
  columns: ExportColumn[];
  rows: number;
  sums: ManifestSum[];
  bytes: number;
  sha256: string;
  file_name: string;
  media_type: string;
  remarks?: Record<string, string | number>;
};

/** Counts what passes: rows and sums on their way to the encoder, bytes after it. */
export class Tally {
  rows = 0;
  bytes = 0;
  readonly #hash = createHash("sha256");
  readonly #sums = new Map<string, ManifestSum>();

  /** The same table, counted while it is read. */
  counting(table: ExportTable): ExportTable {
    return { ...table, pages: this.#count(table) };
  }

  async *#count({ columns, pages, money }: ExportTable) {
    const place = (name: string) => columns.findIndex((column) => column.name === name);
    const places = money && { amount: place(money.amount), currency: place(money.currency) };
    const counts = columns.flatMap(({ kind, name }, index) => (kind === "count" ? [{ name, index }] : []));
    for await (const rows of pages) {
      this.rows += rows.length;
      for (const row of rows) {
        if (places && money) this.#add(money.amount, row[places.amount], String(row[places.currency]));
        for (const { name, index } of counts) this.#add(name, row[index]);
      }
      yield rows;
    }
  }

  #add(column: string, value: unknown, currency?: string) {
    if (typeof value !== "string" && typeof value !== "bigint") return;
    const key = `${column} ${currency ?? ""}`;
    const known = this.#sums.get(key);
    if (known) known.sum = addDecimals(known.sum, String(value));
    else this.#sums.set(key, { column, ...(currency !== undefined && { currency }), sum: String(value) });
  }

  /** @returns the same content as bytes */
  take(content: string | Uint8Array): Uint8Array {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    this.#hash.update(bytes);
    this.bytes += bytes.byteLength;
    return bytes;
  }

  /** Once, at the end. */
  finish() {
    const sums = [...this.#sums.values()].sort((a, b) => (a.column + a.currency < b.column + b.currency ? -1 : 1));
    return { rows: this.rows, sums, bytes: this.bytes, sha256: this.#hash.digest("hex") };
  }
}

export type ManifestParts = {
  organization: string;
  request: ExportRequest;
  coverage: ReportCoverage;
  table: ExportTable;
  file: { name: string; mediaType: string };
  generatedAt: Date;
};

export function describeExport(parts: ManifestParts, tally: Tally): ExportManifest {
  const { organization, request, coverage, table, file, generatedAt } = parts;
  const remarks = table.remarks?.();
  return {
    schema_version: EXPORT_SCHEMA_VERSION,
    organization,
    format: request.format,
    source: describeSource(request),
    ...request.range,
    generated_at: generatedAt.toISOString(),
    as_of: coverage.asOf,
    complete: coverage.isComplete,
    missing: coverage.missing,
    problems: coverage.problems.map(describeProblem),
    columns: [...table.columns],
    ...tally.finish(),
    file_name: file.name,
    media_type: file.mediaType,
    ...(remarks && { remarks }),
  };
}

function describeSource({ source }: ExportRequest): ExportManifest["source"] {
  if (source.kind === "facts") return source;
  if (source.kind === "changes") return { kind: source.kind, since: source.runId };
  if (source.kind === "explore") return describeQuestion(source);
  const { groupBy: group_by, ...rest } = source;
  return { ...rest, group_by };
}

function describeQuestion({ kind, rows, query }: ExploreSource): ExportManifest["source"] {
  const { measure, groupBy: group_by, granularity, zone, compare, top, filters, tag } = query;
  const question = { measure, group_by, granularity, zone, compare, top, filters: filters.map(formatFilter) };
  return { kind, rows, ...question, ...(tag !== null && { tag }) };
}

const describeProblem = ({ connectionId, connectionName, stream, code }: ReportProblem) => ({
  connection_id: connectionId,
  connection_name: connectionName,
  stream,
  code,
});
