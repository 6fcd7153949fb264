import type { OrgScope } from "@/server/auth/scope";
import { toUtcDay, type UtcDay } from "@/server/lib/time";
import { usageStream } from "@/server/openai/streams";
import { daysOfAll } from "@/server/usage/day-ranges";
import type { CostStreamName } from "@/server/usage/dimensions";
import { judgeFreshness } from "@/server/usage/freshness";
import { type StreamStatus, streamStatuses } from "@/server/usage/freshness.sql";
import { awaitedOf, daysUntil, isOffered, knowsDay } from "@/server/usage/known-days";
import { measureFields, usageEndpoints } from "@/server/usage/measures";
import type { DayRange, Freshness, UsageCounts } from "@/server/usage/schema";

/** What can be said about the amounts of one list of costs. */
export type Known = {
  /** Whether any connection has fetched a day: if none has, its figure is unknown and not zero. */
  day: (day: UtcDay) => boolean;
  /** Whether any day of a range is known: what was not found there is zero then. */
  some: (range: DayRange) => boolean;
  /** Whether all connections have all its days: only then can something be compared with it. */
  all: (range: DayRange) => boolean;
};

export type Coverage = {
  freshness: Freshness;
  costs: Record<CostStreamName, Known>;
  /** Which counts can be told for the range. Of the others a zero is not known to be one. */
  counts: Record<keyof UsageCounts, boolean>;
};

export type CoverageInput = {
  /** The lists behind the page. */
  streams: readonly string[];
  range: DayRange;
  /** Other ranges that something is to be known about. */
  besides?: readonly DayRange[];
  now?: Date;
};

/** How current and how complete the figures of a page are, over all connections of the org. */
export async function coverageOf(scope: OrgScope, input: CoverageInput): Promise<Coverage> {
  const { streams, range, besides = [], now = new Date() } = input;
  const days = daysOfAll([range, ...besides]);
  return judgeCoverage(await streamStatuses(scope, streams, days), range, now);
}

/** Pure: what the lists' states say about the figures of a range of UTC days. */
export function judgeCoverage(statuses: readonly StreamStatus[], range: DayRange, now: Date): Coverage {
  const today = toUtcDay(now);
  const byStream = Map.groupBy(statuses.filter(isOffered), ({ stream }) => stream);
  const knownOf = (stream: string) => judgeKnown(byStream.get(stream) ?? [], today);
  const project = knownOf("costs.project");
  return {
    freshness: judgeFreshness(statuses, range, now),
    // Where the provider has no list by user at all, nobody waits for it: everything is nobody's.
    costs: { "costs.project": project, "costs.user": byStream.has("costs.user") ? knownOf("costs.user") : project },
    counts: judgeCounts((stream) => byStream.get(stream) ?? [], range, today),
  };
}

function judgeKnown(statuses: readonly StreamStatus[], today: UtcDay): Known {
  const awaited = awaitedOf(statuses);
  const isKnown = (day: UtcDay) => statuses.some((status) => knowsDay(status, day, today));
  return {
    day: isKnown,
    some: (range) => daysUntil(range, today).some(isKnown),
    all: (range) =>
      awaited.length > 0 &&
      daysUntil(range, today).every((day) => awaited.every((status) => knowsDay(status, day, today))),
  };
}

const fieldOf = {
  requests: measureFields.requests,
  inputTokens: measureFields.input_tokens,
  inputCachedTokens: measureFields.input_cached_tokens,
  outputTokens: measureFields.output_tokens,
} as const satisfies Record<keyof UsageCounts, string>;

/** A count can be told when each list that has part of it was fetched for some day. */
function judgeCounts(
  statusesOf: (stream: string) => readonly StreamStatus[],
  range: DayRange,
  today: UtcDay,
): Coverage["counts"] {
  const days = daysUntil(range, today);
  const isTold = (field: (typeof fieldOf)[keyof UsageCounts]) => {
    const parts = usageEndpoints.filter((endpoint) => usageStream(endpoint).measures.includes(field));
    const awaited = parts.flatMap((endpoint) => awaitedOf(statusesOf(`usage.${endpoint}`)));
    return awaited.length > 0 && awaited.every((status) => days.some((day) => knowsDay(status, day, today)));
  };
  return {
    requests: isTold(fieldOf.requests),
    inputTokens: isTold(fieldOf.inputTokens),
    inputCachedTokens: isTold(fieldOf.inputCachedTokens),
    outputTokens: isTold(fieldOf.outputTokens),
  };
}
