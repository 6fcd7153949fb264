import type { ProviderClient } from "@/server/openai/client";
import { withAcceptedGrouping } from "@/server/openai/accepted-grouping";
import { type Bucket, costBuckets, usageBuckets } from "@/server/openai/pages";
import {
  costGroupings,
  type CostDimension,
  maxBucketsPerPage,
  type UsageDimension,
  usageStream,
} from "@/server/openai/streams";
import { bucketMs } from "@/server/sync/plan-windows";
import type { Range } from "@/server/sync/ranges";
import type { FactStream } from "@/server/sync/streams";
import { type CostFacts, normaliseCosts, normaliseUsage, type UsageFacts } from "@/server/usage/normalise";
import type { BucketWidth } from "@/server/usage/series";

export type FetchedWindow = { facts: CostFacts | UsageFacts; grouping: readonly string[]; skipped: number };

type FetchWindow = {
  client: ProviderClient;
  stream: FactStream;
  window: Range;
  width: BucketWidth;
  /** The grouping that was accepted last time; coarser ones are tried after it. */
  grouping: readonly string[];
};

export const maxBuckets = (stream: FactStream, width: BucketWidth) =>
  stream.kind === "costs" ? maxBucketsPerPage.costs : maxBucketsPerPage.usage[width];

/** Fetches one window, grouped as finely as the provider allows, as facts. One page where the window fits one. */
export async function fetchWindow(request: FetchWindow): Promise<FetchedWindow> {
  const { client, stream, window, width } = request;
  const range = {
    startTime: window.start / 1000,
    endTime: window.end / 1000,
    limit: Math.ceil((window.end - window.start) / bucketMs(width)),
  };
  if (stream.kind === "costs") {
    const allowed: readonly (readonly CostDimension[])[] =
      stream.name === "costs.user" ? costGroupings.byUser : costGroupings.primary;
    const { grouping, value } = await withAcceptedGrouping(fromLast(allowed, request.grouping), (groupBy) =>
      collect(costBuckets(client, { ...range, groupBy })),
    );
    return { facts: normaliseCosts(value.buckets), grouping, skipped: value.skipped };
  }
  const allowed: readonly (readonly UsageDimension[])[] = usageStream(stream.endpoint).groupings;
  const { grouping, value } = await withAcceptedGrouping(fromLast(allowed, request.grouping), (groupBy) =>
    collect(usageBuckets(client, { ...range, endpoint: stream.endpoint, bucketWidth: width, groupBy })),
  );
  return { facts: normaliseUsage(stream.endpoint, value.buckets), grouping, skipped: value.skipped };
}

/** The list from the grouping that was accepted before on; all of it when that one is unknown. */
function fromLast<D extends string>(allowed: readonly (readonly D[])[], last: readonly string[]) {
  const at = allowed.findIndex((grouping) => grouping.join() === last.join());
  return at > 0 ? allowed.slice(at) : allowed;
}

async function collect<Row>(buckets: AsyncIterable<Bucket<Row>>) {
  const collected: Bucket<Row>[] = [];
  let skipped = 0;
  for await (const bucket of buckets) {
    collected.push(bucket);
    skipped += bucket.skipped.length;
  }
  return { buckets: collected, skipped };
}
