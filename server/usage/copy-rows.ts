import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { TenantConnection } from "@/server/db/tenant";
import { measureColumns } from "@/server/usage/measures";
import type { CostFactRow, UsageFactRow } from "@/server/usage/normalise";
import { missingSeries, type ResolvedFacts } from "@/server/usage/resolved-facts";

/** Microseconds between the Unix epoch and PostgreSQL's, 2000-01-01. */
const PG_EPOCH_MS = 946_684_800_000;
const CHUNK_BYTES = 256 * 1024;
const CHUNK_CHARACTERS = 64 * 1024;

/** Where the rows go, and the stored id of each numbered series. */
export type CopyTarget = { table: string; seriesIds: readonly bigint[] };

/** Into a staging table, where measures that do not travel are zero. */
export const copyFacts = (client: TenantConnection, table: string, { seriesIds, ...facts }: ResolvedFacts) =>
  facts.kind === "costs"
    ? copyCostRows(client, { table, seriesIds }, facts.rows)
    : copyUsageRows(client, { table, seriesIds }, facts.rows, measuresInUse(facts.rows));

/** All that is told by facts, as it travels. */
export const encodedRows = ({ seriesIds, ...facts }: ResolvedFacts): Iterable<string | Buffer> =>
  facts.kind === "costs" ? textCostRows(facts.rows, seriesIds) : binaryUsageRows(facts.rows, seriesIds, allMeasures);

/** Indices of measures. */
type Measures = readonly number[];

const allMeasures: Measures = [...measureColumns.keys()];

/** COPY ... (FORMAT binary) of usage rows: timestamptz, int8s, jsonb. Source: PostgreSQL's COPY chapter. */
export async function copyUsageRows(
  client: TenantConnection,
  { table, seriesIds }: CopyTarget,
  rows: readonly UsageFactRow[],
  measures = allMeasures,
) {
  const columns = ["bucket_start", "series_id", ...measures.map((i) => measureColumns[i]), "quantity", "more"];
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(", ")}) from stdin (format binary)`));
  await pipeline(binaryUsageRows(rows, seriesIds, measures), stream);
}

/** Measures that are not zero everywhere: half of them are of images and audio, which most organizations never use. */
function measuresInUse(rows: readonly UsageFactRow[]): Measures {
  const unused = new Set(allMeasures);
  for (const { measures } of rows) {
    if (unused.size === 0) break;
    for (const i of unused) if (measures[i] !== 0) unused.delete(i);
  }
  return allMeasures.filter((i) => !unused.has(i));
}

/** Beside the measures: bucket, series, quantity and more. */
const OTHER_FIELDS = 4;
/** Count of fields, and for each its length and eight bytes. */
const MAX_ROW_BYTES = 2 + (OTHER_FIELDS + measureColumns.length) * 12;

function* binaryUsageRows(
  rows: readonly UsageFactRow[],
  seriesIds: readonly bigint[],
  measures: Measures,
): Generator<Buffer> {
  yield Buffer.from("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let chunk = new RowBuffer(CHUNK_BYTES);
  for (const row of rows) {
    const more = row.more ? Buffer.from(`\u0001${JSON.stringify(row.more)}`, "utf8") : null;
    const size = MAX_ROW_BYTES + (more?.length ?? 0);
    if (!chunk.hasRoom(size)) {
      yield chunk.filled();
      chunk = new RowBuffer(Math.max(CHUNK_BYTES, size));
    }
    chunk.fieldCount(OTHER_FIELDS + measures.length);
    chunk.int8((row.bucketStart - PG_EPOCH_MS) * 1000);
    chunk.bigInt8(seriesIds[row.series] ?? missingSeries());
    for (const i of measures) chunk.int8(row.measures[i] ?? null);
    chunk.int8(row.quantity);
    chunk.bytes(more);
  }
  yield chunk.filled();
  yield Buffer.from([0xff, 0xff]);
}

const NULL_FIELD = -1;

/** Fields of PostgreSQL's binary format, one after another. A DataView: a day of facts has a million numbers. */
class RowBuffer {
  readonly #buffer: Buffer;
  readonly #view: DataView;
  #at = 0;

  constructor(size: number) {
    this.#buffer = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.#buffer.buffer);
  }

  hasRoom = (size: number) => this.#at + size <= this.#buffer.length;
  filled = () => this.#buffer.subarray(0, this.#at);

  fieldCount(count: number) {
    this.#view.setInt16(this.#at, count);
    this.#at += 2;
  }

  #length(length: number) {
    this.#view.setInt32(this.#at, length);
    this.#at += 4;
  }

  /** A safe integer, as two halves: a BigInt for each would take most of the time. */
  int8(value: number | null) {
    if (value === null) return this.#length(NULL_FIELD);
    this.#length(8);
    const high = Math.floor(value / 0x1_0000_0000);
    this.#view.setInt32(this.#at, high);
    this.#view.setUint32(this.#at + 4, value - high * 0x1_0000_0000);
    this.#at += 8;
  }

  bigInt8(value: bigint) {
    this.#length(8);
    this.#view.setBigInt64(this.#at, value);
    this.#at += 8;
  }

  bytes(value: Buffer | null) {
    this.#length(value?.length ?? NULL_FIELD);
    if (value) this.#at += value.copy(this.#buffer, this.#at);
  }
}

/** COPY in text format: money travels as its digits. No field needs escaping: ids, numbers and an ISO instant. */
export async function copyCostRows(client: TenantConnection, target: CopyTarget, rows: readonly CostFactRow[]) {
  const columns = "bucket_start, series_id, amount, quantity";
  const stream = client.query(copyFrom(`copy ${target.table} (${columns}) from stdin`));
  await pipeline(textCostRows(rows, target.seriesIds), stream);
}

/** Many rows at a time: each piece is a write to the connection. */
function* textCostRows(rows: readonly CostFactRow[], seriesIds: readonly bigint[]): Generator<string> {
  let lines = "";
  let bucketStart = Number.NaN;
  let bucket = "";
  for (const row of rows) {
    if (row.bucketStart !== bucketStart) {
      bucketStart = row.bucketStart;
      bucket = new Date(bucketStart).toISOString();
    }
    const seriesId = seriesIds[row.series] ?? missingSeries();
    lines += `${bucket}\t${seriesId}\t${row.amount}\t${row.quantity ?? "\\N"}\n`;
    if (lines.length >= CHUNK_CHARACTERS) {
      yield lines;
      lines = "";
    }
  }
  yield lines;
}
