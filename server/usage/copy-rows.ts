import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type { TenantConnection } from "@/server/db/tenant";
import { measureColumns } from "@/server/usage/measures";
import type { CostFactRow, UsageFactRow } from "@/server/usage/normalise";

/** Microseconds between the Unix epoch and PostgreSQL's, 2000-01-01. */
const PG_EPOCH_MS = 946_684_800_000;
const CHUNK_BYTES = 256 * 1024;

/** Identity of the rows of one COPY: the org and stream of all of them, and the stored id of each numbered series. */
export type CopyTarget = { table: string; orgId: string; streamId: number; seriesIds: readonly bigint[] };

export const usageCopyColumns = [
  "org_id",
  "stream_id",
  "bucket_start",
  "series_id",
  ...measureColumns,
  "quantity",
  "more",
];

/** COPY ... (FORMAT binary) of usage rows: org uuid, int4, timestamptz, int8s, jsonb. Source: PostgreSQL's COPY chapter. */
export async function copyUsageRows(client: TenantConnection, target: CopyTarget, rows: readonly UsageFactRow[]) {
  const stream = client.query(
    copyFrom(`copy ${target.table} (${usageCopyColumns.join(", ")}) from stdin (format binary)`),
  );
  await pipeline(binaryUsageRows(target, rows), stream);
}

function* binaryUsageRows(target: CopyTarget, rows: readonly UsageFactRow[]): Generator<Buffer> {
  const identity = Buffer.alloc(2 + 4 + 16 + 4 + 4);
  identity.writeInt16BE(usageCopyColumns.length, 0);
  identity.writeInt32BE(16, 2);
  identity.write(target.orgId.replaceAll("-", ""), 6, "hex");
  identity.writeInt32BE(4, 22);
  identity.writeInt32BE(target.streamId, 26);

  yield Buffer.from("PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  let chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let at = 0;
  const int8 = (value: number | bigint | null) => {
    if (value === null) {
      at = chunk.writeInt32BE(-1, at);
      return;
    }
    at = chunk.writeInt32BE(8, at);
    at = chunk.writeBigInt64BE(BigInt(value), at);
  };
  for (const row of rows) {
    const more = row.more ? Buffer.from(`\u0001${JSON.stringify(row.more)}`, "utf8") : null;
    if (at + 400 + (more?.length ?? 0) > chunk.length) {
      yield chunk.subarray(0, at);
      chunk = Buffer.allocUnsafe(CHUNK_BYTES + (more?.length ?? 0));
      at = 0;
    }
    at += identity.copy(chunk, at);
    int8((row.bucketStart - PG_EPOCH_MS) * 1000);
    int8(target.seriesIds[row.series] ?? missingSeries());
    for (const value of row.measures) int8(value);
    int8(row.quantity);
    at = chunk.writeInt32BE(more?.length ?? -1, at);
    if (more) at += more.copy(chunk, at);
  }
  yield chunk.subarray(0, at);
  yield Buffer.from([0xff, 0xff]);
}

/** COPY in text format: money travels as its digits. No field needs escaping: ids, numbers and an ISO instant. */
export async function copyCostRows(client: TenantConnection, target: CopyTarget, rows: readonly CostFactRow[]) {
  const columns = "org_id, stream_id, bucket_start, series_id, amount, quantity";
  const stream = client.query(copyFrom(`copy ${target.table} (${columns}) from stdin`));
  await pipeline(textCostRows(target, rows), stream);
}

function* textCostRows(target: CopyTarget, rows: readonly CostFactRow[]): Generator<string> {
  for (const row of rows) {
    const seriesId = target.seriesIds[row.series] ?? missingSeries();
    const bucket = new Date(row.bucketStart).toISOString();
    yield `${target.orgId}\t${target.streamId}\t${bucket}\t${seriesId}\t${row.amount}\t${row.quantity ?? "\\N"}\n`;
  }
}

function missingSeries(): never {
  throw new Error("a fact refers to a series that was not stored");
}
