import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { TenantConnection } from "@/server/db/tenant";
import { measureColumns } from "@/server/usage/measures";
import type { CostFactRow, UsageFactRow } from "@/server/usage/normalise";

/** Microseconds between the Unix epoch and PostgreSQL's, 2000-01-01. */
const PG_EPOCH_MS = 946_684_800_000;
const CHUNK_BYTES = 256 * 1024;
const CHUNK_CHARACTERS = 64 * 1024;

/** Where the rows go, and the stored id of each numbered series. */
export type CopyTarget = { table: string; seriesIds: readonly bigint[] };

const usageColumns = ["bucket_start", "series_id", ...measureColumns, "quantity", "more"];

/** COPY ... (FORMAT binary) of usage rows: timestamptz, int8s, jsonb. Source: PostgreSQL's COPY chapter. */
export async function copyUsageRows(client: TenantConnection, target: CopyTarget, rows: readonly UsageFactRow[]) {
  const stream = client.query(copyFrom(`copy ${target.table} (${usageColumns.join(", ")}) from stdin (format binary)`));
  await pipeline(binaryUsageRows(target, rows), stream);
}

/**
 * Rows in the order of the table's key: neighbours in the index are then written one after another, which is a third
 * faster. They come bucket by bucket in the order of time, so that each is put into its place instead of being compared.
 */
export function inKeyOrder<Row extends { bucketStart: number; series: number }>(
  rows: readonly Row[],
  seriesIds: readonly bigint[],
): Row[] {
  const places = placesInOrder(seriesIds);
  const ordered: Row[] = [];
  let bucket: (Row | undefined)[] = [];
  let bucketStart: number | undefined;
  const closeBucket = () => {
    for (const row of bucket) if (row) ordered.push(row);
  };
  for (const row of rows) {
    if (row.bucketStart !== bucketStart) {
      closeBucket();
      bucket = new Array(seriesIds.length);
      bucketStart = row.bucketStart;
    }
    const place = places[row.series] ?? missingSeries();
    if (bucket[place]) throw new Error("two facts of one series in one bucket");
    bucket[place] = row;
  }
  closeBucket();
  return ordered;
}

/** For each number of a series, how many ids are lower than its own. */
function placesInOrder(ids: readonly bigint[]): Uint32Array {
  const places = new Uint32Array(ids.length);
  const numbers = [...ids.keys()].sort((a, b) => ((ids[a] ?? 0n) < (ids[b] ?? 0n) ? -1 : 1));
  for (const [place, number] of numbers.entries()) places[number] = place;
  return places;
}

/** Count of fields, and for each its length and eight bytes. */
const MAX_ROW_BYTES = 2 + usageColumns.length * 12;

function* binaryUsageRows({ seriesIds }: CopyTarget, rows: readonly UsageFactRow[]): Generator<Buffer> {
  yield Buffer.from("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let chunk = new RowBuffer(CHUNK_BYTES);
  for (const row of rows) {
    const more = row.more ? Buffer.from(`\u0001${JSON.stringify(row.more)}`, "utf8") : null;
    const size = MAX_ROW_BYTES + (more?.length ?? 0);
    if (!chunk.hasRoom(size)) {
      yield chunk.filled();
      chunk = new RowBuffer(Math.max(CHUNK_BYTES, size));
    }
    chunk.fieldCount(usageColumns.length);
    chunk.int8((row.bucketStart - PG_EPOCH_MS) * 1000);
    chunk.bigInt8(seriesIds[row.series] ?? missingSeries());
    for (const value of row.measures) chunk.int8(value);
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
  await pipeline(textCostRows(target, rows), stream);
}

/** Many rows at a time: each piece is a write to the connection. */
function* textCostRows({ seriesIds }: CopyTarget, rows: readonly CostFactRow[]): Generator<string> {
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

function missingSeries(): never {
  throw new Error("a fact refers to a series that was not stored");
}
