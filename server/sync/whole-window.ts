import { ProviderError } from "@/server/openai/errors";
import type { Bucket } from "@/server/openai/pages";
import { type BucketWidth, bucketMs } from "@/server/openai/streams";
import type { Range } from "@/server/sync/ranges";

export type AskedWindow = {
  /** Epoch milliseconds, whole buckets. */
  window: Range;
  width: BucketWidth;
  /** When the provider was asked: buckets that end later may not be there yet. */
  fetchedAt: Date;
};

/**
 * Hands on the buckets of a window, each once. The provider sends idle buckets too, with `results: []` (its reference of
 * usage and costs): a closed bucket that is absent, one that comes twice or one that was not asked for is a broken answer,
 * never "nothing was spent".
 * @throws ProviderError transient, invalid_body
 */
export async function* wholeWindow<Row>(
  buckets: AsyncIterable<Bucket<Row>>,
  { window, width, fetchedAt }: AskedWindow,
): AsyncGenerator<Bucket<Row>, void> {
  const step = bucketMs[width];
  const seen = new Set<number>();
  for await (const bucket of buckets) {
    const start = bucket.startTime * 1000;
    if (start % step !== 0 || start < window.start || start >= window.end || seen.has(start)) throw brokenBody();
    seen.add(start);
    yield bucket;
  }
  const closedEnd = Math.min(window.end, fetchedAt.getTime());
  for (let start = window.start; start + step <= closedEnd; start += step) if (!seen.has(start)) throw brokenBody();
}

const brokenBody = () => new ProviderError("transient", { code: "invalid_body" });
