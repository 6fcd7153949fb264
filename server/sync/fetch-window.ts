import { withAcceptedGrouping } from "@/server/openai/accepted-grouping";
import type { ProviderClient } from "@/server/openai/client";
import { type Bucket, readCosts, readUsage } from "@/server/openai/pages";
import type { UsageRow } from "@/server/openai/rows";
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
import { type AskedWindow, type WindowPart, WindowParts } from "@/server/sync/window-parts";
import type { CostStreamName } from "@/server/usage/dimensions";
import type { UsageEndpoint } from "@/server/usage/measures";
import {
  emptyCostFacts,
  emptyUsageFacts,
  normaliseCosts,
  normaliseUsage,
  type UsageFacts,
} from "@/server/usage/normalise";

type FetchWindow = AskedWindow & {
  client: ProviderClient;
  stream: FactStream;
  /** The grouping that was accepted last time; coarser ones are tried after it. */
  grouping: readonly string[];
  /** Stores a part of the window; the next one is read when it has. */
  store: (part: WindowPart) => Promise<void>;
};

export type FetchedWindow = {
  grouping: readonly string[];
  /** What is wrong with a result that could not be read; null where all could. */
  unreadable: string | null;
};

export const maxBuckets = (stream: FactStream, width: BucketWidth) =>
  stream.kind === "costs" ? maxBucketsPerPage.costs : maxBucketsPerPage.usage[width];

/** The groupings to ask a list for, finest first. */
export function groupingsOf(stream: FactStream): readonly (readonly string[])[] {
  if (stream.kind === "usage") return usageStream(stream.endpoint).groupings;
  return costGroupings[stream.name === "costs.user" ? "byUser" : "primary"];
}

export const isFinest = (stream: FactStream, grouping: readonly string[]) =>
  grouping.join() === groupingsOf(stream)[0]?.join();

/**
 * Fetches one window, grouped as finely as the provider allows, and gives it on as facts part by part. One page where
 * the window fits one.
 * @throws ProviderError, also where the answer is not the whole window; parts that were stored before are whole
 */
export async function fetchWindow(request: FetchWindow): Promise<FetchedWindow> {
  const { stream } = request;
  const { grouping, value: unreadable } =
    stream.kind === "costs" ? await fetchCosts(request, stream.name) : await fetchUsage(request, stream.endpoint);
  return { grouping, unreadable };
}

function fetchCosts(request: FetchWindow, name: CostStreamName) {
  const allowed: readonly (readonly CostDimension[])[] =
    name === "costs.user" ? costGroupings.byUser : costGroupings.primary;
  return withAcceptedGrouping(fromLast(allowed, request.grouping), (groupBy) => {
    const parts = new WindowParts({ ...request, empty: emptyCostFacts, add: normaliseCosts });
    return pour(parts, readCosts(request.client, { ...rangeOf(request), groupBy }, parts));
  });
}

function fetchUsage(request: FetchWindow, endpoint: UsageEndpoint) {
  const allowed: readonly (readonly UsageDimension[])[] = usageStream(endpoint).groupings;
  return withAcceptedGrouping(fromLast(allowed, request.grouping), (groupBy) => {
    const add = (bucket: Bucket<UsageRow>, facts: UsageFacts) => normaliseUsage(endpoint, bucket, facts);
    const parts = new WindowParts({ ...request, empty: emptyUsageFacts, add });
    const query = { ...rangeOf(request), endpoint, bucketWidth: request.width, groupBy };
    return pour(parts, readUsage(request.client, query, parts));
  });
}

const rangeOf = ({ window, width }: FetchWindow) => ({
  startTime: window.start / 1000,
  endTime: window.end / 1000,
  limit: Math.ceil((window.end - window.start) / bucketMs[width]),
});

/** Waits until all is read and stored. The last part is stored when the call is over, so that the next may begin. */
async function pour(parts: Pick<WindowParts<never, never>, "finish" | "close">, reading: Promise<void>) {
  try {
    await reading;
    return await parts.finish();
  } finally {
    await parts.close();
  }
}

/** The list from the grouping that was accepted before on; all of it when that one is unknown. */
function fromLast<D extends string>(allowed: readonly (readonly D[])[], last: readonly string[]) {
  const at = allowed.findIndex((grouping) => grouping.join() === last.join());
  return at > 0 ? allowed.slice(at) : allowed;
}
