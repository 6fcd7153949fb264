import type { CallOptions, ProviderClient } from "./client";
import { parseExactJson } from "./exact-json";
import { followCursors } from "./follow-pages";
import { ListScanner } from "./list-scanner";
import { type CostRow, isFields, MalformedRow, readCostRow, readUsageRow, type UsageRow } from "./rows";
import { type BucketWidth, type CostDimension, type UsageDimension, type UsageEndpoint, usageStream } from "./streams";

/** Times are Unix seconds, UTC; `startTime` inclusive, `endTime` exclusive. */
export type Bucket<Row> = { startTime: number; endTime: number; results: Row[]; skipped: SkippedRow[] };

/** A result that could not be read, by its place in the bucket. */
export type SkippedRow = { index: number; reason: string };

/**
 * Takes the buckets of a range one by one while they arrive: the next is read when `take` is done with the one before.
 * A ProviderError it throws is treated like one of the call, other errors are passed on.
 */
export type BucketSink<Row> = {
  /** A page begins. It is asked for again when it breaks off: what was taken since the last `keep` comes again. */
  restart(): void;
  take(bucket: Bucket<Row>): void | Promise<void>;
  /** The page is complete, and another one follows: what was taken will not come again. */
  keep(): void | Promise<void>;
};

type Range = {
  startTime: number;
  endTime?: number;
  /** Buckets per page. */
  limit: number;
};

export type UsageQuery = Range & {
  endpoint: UsageEndpoint;
  bucketWidth: BucketWidth;
  groupBy: readonly UsageDimension[];
};

/** Costs come by UTC day only. */
export type CostsQuery = Range & { groupBy: readonly CostDimension[] };

/** The usage of a range, bucket by bucket. Rows that cannot be read are in `skipped`. Fails with ProviderError. */
export function readUsage(
  client: ProviderClient,
  query: UsageQuery,
  sink: BucketSink<UsageRow>,
  options?: CallOptions,
): Promise<void> {
  const { path } = usageStream(query.endpoint);
  const read = (text: string) => readBucket(JSON.parse(text), (row) => readUsageRow(query.endpoint, row));
  return readPages(sink, (page) => {
    const params = { ...rangeParams(query, page), bucket_width: query.bucketWidth, group_by: [...query.groupBy] };
    return client.readBody(
      // The SDK's method of each endpoint differs only in its path and in the type of group_by.
      (sdk, call) => sdk.get(path, { ...call, query: params, __security: { adminAPIKeyAuth: true } }),
      (chunks) => readPage(chunks, read, sink),
      options,
    );
  });
}

/** The costs of a range, bucket by bucket, with amounts to the last digit; otherwise like readUsage. */
export function readCosts(
  client: ProviderClient,
  query: CostsQuery,
  sink: BucketSink<CostRow>,
  options?: CallOptions,
): Promise<void> {
  const read = (text: string) => readBucket(parseExactJson(text), readCostRow);
  return readPages(sink, (page) => {
    const params = { ...rangeParams(query, page), bucket_width: "1d" as const, group_by: [...query.groupBy] };
    return client.readBody(
      (sdk, call) => sdk.admin.organization.usage.costs(params, call),
      (chunks) => readPage(chunks, read, sink),
      options,
    );
  });
}

function readPages<Row>(sink: BucketSink<Row>, ask: (page: string | null) => Promise<string | null>) {
  return followCursors(async (page) => {
    const next = await ask(page);
    if (next !== null) await sink.keep();
    return next;
  });
}

const rangeParams = ({ startTime, endTime, limit }: Range, page: string | null) => ({
  start_time: startTime,
  ...(endTime === undefined ? {} : { end_time: endTime }),
  limit,
  ...(page ? { page } : {}),
});

/**
 * Gives the buckets of a body to the sink, and its cursor.
 * @throws SyntaxError when the body is not a page: rows may be bad one by one, but not the frame that dates them
 */
async function readPage<Row>(
  chunks: AsyncIterable<Uint8Array>,
  read: (text: string) => Bucket<Row>,
  sink: BucketSink<Row>,
): Promise<string | null> {
  const scanner = new ListScanner("data");
  let count = 0;
  sink.restart();
  for await (const chunk of chunks) {
    for (const text of scanner.push(chunk)) {
      count++;
      await sink.take(read(text));
    }
  }
  return readFrame(JSON.parse(scanner.frame()), count);
}

/** What is left of a page once `count` buckets were taken from it, each leaving a 0. */
function readFrame(body: unknown, count: number): string | null {
  const isPage = isFields(body) && Array.isArray(body.data) && body.data.length === count;
  if (!isPage) throw new SyntaxError("not a page of buckets");
  const nextPage = typeof body.next_page === "string" && body.next_page !== "" ? body.next_page : null;
  // Taken for the end, this would pass a part of the range off as the whole.
  if (body.has_more === true && nextPage === null) throw new SyntaxError("more pages, but no cursor");
  return body.has_more === false ? null : nextPage;
}

function readBucket<Row>(bucket: unknown, readRow: (row: unknown) => Row): Bucket<Row> {
  if (!isFields(bucket)) throw new SyntaxError("not a bucket");
  const startTime = readTime(bucket.start_time);
  const endTime = readTime(bucket.end_time);
  const rows = bucket.results ?? [];
  if (!Array.isArray(rows) || endTime <= startTime) throw new SyntaxError("not a bucket");
  const results: Row[] = [];
  const skipped: SkippedRow[] = [];
  rows.forEach((row: unknown, index) => {
    try {
      results.push(readRow(row));
    } catch (error) {
      if (!(error instanceof MalformedRow)) throw error;
      skipped.push({ index, reason: error.message });
    }
  });
  return { startTime, endTime, results, skipped };
}

/** Exact parsing leaves long numbers as texts, so a time may come as either. */
function readTime(value: unknown): number {
  const seconds = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== "number" || !Number.isSafeInteger(seconds)) throw new SyntaxError("a bucket without times");
  return seconds;
}
