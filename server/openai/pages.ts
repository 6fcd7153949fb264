import type { CallOptions, ProviderClient } from "./client";
import { parseExactJson } from "./exact-json";
import { followPages } from "./follow-pages";
import { type CostRow, isFields, MalformedRow, readCostRow, readUsageRow, type UsageRow } from "./rows";
import { type BucketWidth, type CostDimension, type UsageDimension, type UsageEndpoint, usageStream } from "./streams";

/** Times are Unix seconds, UTC; `startTime` inclusive, `endTime` exclusive. */
export type Bucket<Row> = { startTime: number; endTime: number; results: Row[]; skipped: SkippedRow[] };

/** A result that could not be read, by its place in the bucket. */
export type SkippedRow = { index: number; reason: string };

export type BucketPage<Row> = { buckets: Bucket<Row>[]; nextPage: string | null };

type Range = {
  startTime: number;
  endTime?: number;
  /** Buckets per page. */
  limit: number;
  /** The `nextPage` of the page before; all other fields must stay the same. */
  page?: string | null;
};

export type UsageQuery = Range & {
  endpoint: UsageEndpoint;
  bucketWidth: BucketWidth;
  groupBy: readonly UsageDimension[];
};

/** Costs come by UTC day only. */
export type CostsQuery = Range & { groupBy: readonly CostDimension[] };

/** One page of a usage endpoint. Rows that cannot be read are in `skipped`. Fails with ProviderError. */
export function fetchUsagePage(
  client: ProviderClient,
  query: UsageQuery,
  options?: CallOptions,
): Promise<BucketPage<UsageRow>> {
  const { path } = usageStream(query.endpoint);
  const params = { ...rangeParams(query), bucket_width: query.bucketWidth, group_by: [...query.groupBy] };
  return client.readWith(
    // The SDK's method of each endpoint differs only in its path and in the type of group_by.
    (sdk, call) => sdk.get(path, { ...call, query: params, __security: { adminAPIKeyAuth: true } }),
    ({ text }) => readPage(JSON.parse(text), (row) => readUsageRow(query.endpoint, row)),
    options,
  );
}

/** One page of costs, with amounts to the last digit. Rows that cannot be read are in `skipped`. */
export function fetchCostsPage(
  client: ProviderClient,
  query: CostsQuery,
  options?: CallOptions,
): Promise<BucketPage<CostRow>> {
  const params = { ...rangeParams(query), bucket_width: "1d" as const, group_by: [...query.groupBy] };
  return client.readWith(
    (sdk, call) => sdk.admin.organization.usage.costs(params, call),
    ({ text }) => readPage(parseExactJson(text), readCostRow),
    options,
  );
}

/** All buckets of the range, one page in memory at a time. */
export function usageBuckets(client: ProviderClient, query: UsageQuery, options?: CallOptions) {
  return followPages(async (cursor) => {
    const { buckets, nextPage } = await fetchUsagePage(client, { ...query, page: cursor ?? query.page }, options);
    return { items: buckets, nextCursor: nextPage };
  });
}

/** All buckets of the range, one page in memory at a time. */
export function costBuckets(client: ProviderClient, query: CostsQuery, options?: CallOptions) {
  return followPages(async (cursor) => {
    const { buckets, nextPage } = await fetchCostsPage(client, { ...query, page: cursor ?? query.page }, options);
    return { items: buckets, nextCursor: nextPage };
  });
}

const rangeParams = ({ startTime, endTime, limit, page }: Range) => ({
  start_time: startTime,
  ...(endTime === undefined ? {} : { end_time: endTime }),
  limit,
  ...(page ? { page } : {}),
});

/** @throws SyntaxError when the body is not a page: rows may be bad one by one, but not the frame that dates them. */
function readPage<Row>(body: unknown, readRow: (row: unknown) => Row): BucketPage<Row> {
  if (!isFields(body) || !Array.isArray(body.data)) throw new SyntaxError("not a page of buckets");
  const nextPage = typeof body.next_page === "string" && body.next_page !== "" ? body.next_page : null;
  // Taken for the end, this would pass a part of the range off as the whole.
  if (body.has_more === true && nextPage === null) throw new SyntaxError("more pages, but no cursor");
  const buckets = body.data.map((bucket: unknown) => readBucket(bucket, readRow));
  return { buckets, nextPage: body.has_more === false ? null : nextPage };
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
