import type { OrgScope } from "@/server/auth/scope";
import { type Bucket, bucketsOf } from "@/server/explore/buckets";
import {
  type ExploreDimension,
  type ExploreFilter,
  labelDimensions,
  maxDaysBy,
  refusalOf,
  refusalSentence,
} from "@/server/explore/constants";
import { judgeDays } from "@/server/explore/coverage";
import { describeKeys, type NamedKey } from "@/server/explore/describe-groups";
import type { CellsQuestion, GroupCells } from "@/server/explore/explore.sql";
import { readCells } from "@/server/explore/read-cells";
import { usageStreamsOf } from "@/server/explore/measures";
import { comparedRange } from "@/server/explore/ranges";
import { readLabels } from "@/server/explore/read-labels";
import type { ExploreQuery, ExploreResult } from "@/server/explore/schema";
import { type Period, shapeAnswer } from "@/server/explore/shape-answer";
import { sourceOf } from "@/server/explore/source";
import { type CountedStream, countedStreams } from "@/server/explore/streams.sql";
import { AppError } from "@/server/lib/errors";
import { sumDecimals } from "@/server/lib/money";
import { lengthInDays } from "@/server/usage/day-ranges";
import { judgeFreshness } from "@/server/usage/freshness";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import { streamStatuses } from "@/server/usage/freshness.sql";
import type { DayRange } from "@/server/usage/schema";

/**
 * Answers one question: a series of buckets for each of the largest groups, for all others together and for what has no
 * name, and totals that are exactly their sum.
 * @throws AppError invalid for what the provider does not tell together, and for more buckets than can be shown
 */
export async function explore(scope: OrgScope, query: ExploreQuery, now = new Date()): Promise<ExploreResult> {
  const timezone = query.zone === "org" ? scope.org.timezone : "UTC";
  const plan = planOf(query, timezone);
  // No connection has line items of imported files, and nobody waits for them.
  const awaited = plan.streams.filter((name) => name !== LINE_ITEM_STREAM);
  const statuses = await streamStatuses(scope, awaited, plan.span);
  const counted = await countedStreams(scope, plan.streams);
  const listed = keepListed(counted, query.filters);
  const known = judgeDays(statuses, now);
  const question: CellsQuestion = {
    orgId: scope.org.id,
    measure: query.measure,
    source: sourceOf({ ...query, timezone, dimensions: plan.dimensions }),
    timezone,
    granularity: query.granularity,
    periods: plan.periods.flatMap((period) => period?.range ?? []),
    streams: { ...streamSets(plan, listed), requests: plan.isDivided ? await requestStreams(scope) : [] },
    groupBy: query.groupBy,
    filters: query.filters.filter(({ dimension }) => !isOfList(dimension)),
    listed,
    top: query.top,
    span: plan.span,
    labels: await readLabels(scope, { ...plan, tag: query.tag }),
  };
  const cells = await readCells(scope, question);
  const filtered = query.filters.flatMap(keysOfFilter);
  const describe = await describeKeys(
    scope,
    [...cells.flatMap((line) => keysOfLine(query, line)), ...filtered],
    counted,
  );
  return {
    query,
    timezone,
    undivided: isByHour(query, timezone) ? sumDecimals(cells.filter(isOfRange).map(({ whole }) => whole)) : null,
    previousRange: plan.periods[1]?.range ?? null,
    ...shapeAnswer({ groupBy: query.groupBy, periods: plan.periods, cells, known, describe }),
    filterLabels: filtered.map(([dimension, key]) => describe(dimension, key)),
    freshness: judgeFreshness(statuses, query.range, now),
  };
}

const keysOfLine = ({ groupBy }: ExploreQuery, { keys }: GroupCells): NamedKey[] =>
  groupBy.map((dimension, position) => [dimension, keys[position] ?? ""]);

const keysOfFilter = (filter: ExploreFilter): NamedKey[] =>
  filter.op === "search" ? [] : filter.values.map((value) => [filter.dimension, value ?? ""]);

export type Plan = {
  /** All dimensions that are grouped or filtered by. */
  dimensions: ExploreDimension[];
  /** Names of the lists behind the figures. */
  streams: readonly string[];
  /** The range and, if there is one, the range compared with. */
  periods: readonly [Period, Period?];
  /** From the first UTC day of any period to the last one. */
  span: DayRange;
  /** Whether money of UTC days is divided over hours. */
  isDivided: boolean;
};

const isOfRange = ({ period }: GroupCells) => period === 0;

/** Whether days have to be taken apart: the provider's are UTC days. */
const isByHour = ({ granularity }: ExploreQuery, timezone: string) => granularity === "hour" || timezone !== "UTC";

export const requestStreams = async (scope: OrgScope) =>
  (await countedStreams(scope, usageStreamsOf("requests"))).map(({ id }) => id);

export function planOf(query: ExploreQuery, timezone: string): Plan {
  const refusal = refusalOf(query);
  if (refusal) throw new AppError("invalid", refusal.reason, { message: refusalSentence(refusal) });
  refuseTooManyBuckets(query);
  const compared = comparedRange(query.range, query.compare);
  const periodOf = (range: DayRange): Period => ({ range, buckets: bucketsOf(range, query.granularity, timezone) });
  const periods: Plan["periods"] = compared ? [periodOf(query.range), periodOf(compared)] : [periodOf(query.range)];
  const dimensions = [...query.groupBy, ...query.filters.map(({ dimension }) => dimension)];
  return {
    dimensions,
    streams: streamNames(query, dimensions),
    periods,
    span: spanOf(periods.flatMap((period) => period?.buckets ?? [])),
    isDivided: query.measure === "cost" && isByHour(query, timezone),
  };
}

export const spanOf = (buckets: readonly Bucket[]): DayRange => ({
  from: buckets.map(({ days }) => days.from).reduce((a, b) => (a < b ? a : b)),
  to: buckets.map(({ days }) => days.to).reduce((a, b) => (a > b ? a : b)),
});

function refuseTooManyBuckets({ range, granularity }: ExploreQuery) {
  const most = maxDaysBy(granularity);
  if (lengthInDays(range) <= most) return;
  throw new AppError("invalid", "too_many_buckets", {
    message: `By the ${granularity} a question is about ${most} days at most. Choose longer steps or fewer days.`,
  });
}

const isOfList = (dimension: ExploreDimension) => dimension === "connection" || dimension === "endpoint";

function streamNames({ measure }: ExploreQuery, dimensions: readonly ExploreDimension[]): readonly string[] {
  if (measure !== "cost") return usageStreamsOf(measure);
  if (dimensions.includes("user")) return ["costs.project", "costs.user"];
  const isByLine = dimensions.some((dimension) => ofLineItems.has(dimension));
  const isCutFiner = dimensions.some((dimension) => finerThanLineItems.has(dimension));
  return isByLine && !isCutFiner ? ["costs.project", LINE_ITEM_STREAM] : ["costs.project"];
}

/** Told by line items, which imported totals may lack; then the list by user has them, but not whose project they were. */
const ofLineItems: ReadonlySet<ExploreDimension> = new Set(["line_item", "model", "model_family", "token_type"]);
const finerThanLineItems: ReadonlySet<ExploreDimension> = new Set([
  "project",
  "api_key",
  "connection",
  ...labelDimensions,
]);

/** The lists that the filters by connection and endpoint leave. */
export function keepListed(listed: readonly CountedStream[], filters: readonly ExploreFilter[]): CountedStream[] {
  return listed.filter((stream) => filters.every((filter) => isKept(stream, filter)));
}

function isKept(stream: CountedStream, filter: ExploreFilter): boolean {
  if (!isOfList(filter.dimension)) return true;
  const isConnection = filter.dimension === "connection";
  const key = isConnection ? stream.connectionId : stream.name.slice(stream.name.indexOf(".") + 1);
  if (filter.op === "search") {
    const names = isConnection ? [key, stream.connectionName] : [key];
    return names.some((name) => name.toLowerCase().includes(filter.text.toLowerCase()));
  }
  return filter.values.includes(key) === (filter.op === "in");
}

export function streamSets({ streams }: Plan, listed: readonly CountedStream[]) {
  const idsOf = (name: string) => listed.filter((stream) => stream.name === name).map(({ id }) => id);
  if (streams.includes("costs.user")) return { own: idsOf("costs.user"), totals: idsOf("costs.project") };
  return { own: listed.map(({ id }) => id), totals: null };
}
