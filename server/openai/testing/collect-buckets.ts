import type { Bucket, BucketSink } from "../pages";

/** All buckets that `read` gives to its sink, each once. */
export async function collectBuckets<Row>(read: (sink: BucketSink<Row>) => Promise<void>): Promise<Bucket<Row>[]> {
  const kept: Bucket<Row>[] = [];
  let page: Bucket<Row>[] = [];
  const keep = () => void kept.push(...page.splice(0));
  await read({ keep, take: (bucket) => void page.push(bucket), restart: () => void (page = []) });
  keep();
  return kept;
}
