import { withAcceptedGrouping } from "@/server/openai/accepted-grouping";
import type { ProviderClient } from "@/server/openai/client";
import { type Bucket, costBuckets, usageBuckets } from "@/server/openai/pages";
import {
  type BucketWidth,
  bucketMs,
  costGroupings,
  type CostDimension,
  maxBucketsPerPage,
  type UsageDimension,
  usageStream,
} from "@/server/openai/streams";
import type { FactStream } from "@/server/sync/streams";
import { type AskedWindow, wholeWindow } from "@/server/sync/whole-window";
import { type CostFacts, normaliseCosts, normaliseUsage, type UsageFacts } from "@/server/usage/normalise";

export type FetchedWindow = { facts: CostFacts | UsageFacts; grouping: readonly string[]; skipped: number };

type FetchWindow = AskedWindow & {
  client: ProviderClient;
  stream: FactStream;
  /** The grouping that was accepted last time; coarser ones are tried after it. */
  grouping: readonly string[];
};

export const maxBuckets = (stream: FactStream, width: BucketWidth) =>
  stream.kind === "costs" ? maxBucketsPerPage.costs : maxBucketsPerPage.usage[width];

/**
 * Fetches one window, grouped as finely as the provider allows, as facts. One page where the window fits one.
 * @throws ProviderError, also where the answer is not the whole window
 */
export function fetchWindow(request: FetchWindow): Promise<FetchedWindow> {
  const { client, stream, window, width } = request;
  const range = {
    startTime: window.start / 1000,
    endTime: window.end / 1000,
    limit: Math.ceil((window.end - window.start) / bucketMs[width]),
  };
  if (stream.kind === "costs") {
    const groupings: readonly (readonly CostDimension[])[] =
      stream.name === "costs.user" ? costGroupings.byUser : costGroupings.primary;
    const ask = (groupBy: readonly CostDimension[]) => costBuckets(client, { ...range, groupBy });
    return fetchFrom({ groupings, ask, normalise: normaliseCosts }, request);
  }
  const { endpoint } = stream;
  const ask = (groupBy: readonly UsageDimension[]) =>
    usageBuckets(client, { ...range, endpoint, bucketWidth: width, groupBy });
  const { groupings } = usageStream(endpoint);
  return fetchFrom({ groupings, ask, normalise: (buckets) => normaliseUsage(endpoint, buckets) }, request);
}

type Source<Dimension, Row> = {
  groupings: readonly (readonly Dimension[])[];
  ask: (groupBy: readonly Dimension[]) => AsyncIterable<Bucket<Row>>;
  normalise: (buckets: readonly Bucket<Row>[]) => CostFacts | UsageFacts;
};

async function fetchFrom<Dimension extends string, Row>(
  { groupings, ask, normalise }: Source<Dimension, Row>,
  request: FetchWindow,
): Promise<FetchedWindow> {
  const { grouping, value } = await withAcceptedGrouping(fromLast(groupings, request.grouping), (groupBy) =>
    collect(wholeWindow(ask(groupBy), request)),
  );
  return { facts: normalise(value.buckets), grouping, skipped: value.skipped };
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
