import type { OrgScope } from "@/server/auth/scope";
import { type ExploreDimension, type MoverDimension, moverDimensions, refusalOf } from "@/server/explore/constants";
import { judgeDays } from "@/server/explore/coverage";
import { describeKeys } from "@/server/explore/describe-groups";
import { keepListed, type Plan, planOf, requestStreams, spanOf, streamSets } from "@/server/explore/explore";
import { type CellsQuestion, isOfList } from "@/server/explore/explore.sql";
import { type GroupSum, readPackedSums } from "@/server/explore/packs/sums";
import { readLabels } from "@/server/explore/read-labels";
import type { ExploreQuery, WhyResult, WhyRow } from "@/server/explore/schema";
import { sourceOf } from "@/server/explore/source";
import { countedStreams } from "@/server/explore/streams.sql";
import { readGroupSums, readUsedTokens, type SummedDimension, type UsedTokens } from "@/server/explore/why.sql";
import { type BilledLine, toCells } from "@/server/explore/why-cells";
import {
  effectsByMember,
  type EffectsByMember,
  moverRows,
  type Parts,
  sumEffects,
  topMovers,
  unexplainedRows,
} from "@/server/explore/why-rows";
import { type Cell, splitDifference } from "@/server/explore/why-effects";
import { AppError } from "@/server/lib/errors";
import { subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { LINE_ITEM_STREAM } from "@/server/usage/dimensions";
import { judgeFreshness } from "@/server/usage/freshness";
import { streamStatuses } from "@/server/usage/freshness.sql";

/** What tokens are counted by; everything else that costs has no tokens. */
const tokenStreams = ["usage.completions", "usage.embeddings"];

/** Movers by name; the others are added up. */
const TOP_MOVERS = 10;

/**
 * Takes the difference of spend between a question's range and the period before apart: into what more or fewer tokens,
 * other models, the cache, service tiers and prices did, and what has no usage; and into who moved most. All sums are exact
 * and tie to the question's own totals. Without a comparison it is the previous period.
 * @throws AppError invalid for anything but cost, and for what the provider does not tell together
 */
export async function explainChange(scope: OrgScope, asked: ExploreQuery, now = new Date()): Promise<WhyResult> {
  if (asked.measure !== "cost") {
    throw new AppError("invalid", "why_of_cost_only", { message: "Only changes of cost can be taken apart." });
  }
  const query = { ...asked, compare: asked.compare === "none" ? ("previous_period" as const) : asked.compare };
  const question = await questionOf(scope, query, []);
  const { plan, timezone } = question;
  const [current, previous] = plan.periods;
  const awaited = plan.streams.filter((name) => name !== LINE_ITEM_STREAM);
  const statuses = await streamStatuses(scope, awaited, plan.span);
  const common = {
    query,
    timezone,
    range: query.range,
    previousRange: previous?.range ?? null,
    hasOpenDay: spanOf(current.buckets).to > toUtcDay(now),
    freshness: judgeFreshness(statuses, query.range, now),
  };
  if (!previous || !judgeDays(statuses, now).knowsAll(previous.range)) return { ...common, ...incomparable };
  const lines = await billedLines(scope, question);
  const totals = totalsOf(lines);
  const used = judgeDays(await streamStatuses(scope, tokenStreams, plan.span), now);
  if (![current, previous].every(({ buckets }) => used.knowsAll(spanOf(buckets)))) {
    const movers = await moversOf(scope, question, {});
    return { ...common, ...incomparable, ...totals, state: "usage_unknown", movers };
  }
  const lastDay = addUtcDays(query.range.to, -1);
  const { cells, unexplained, assumed } = toCells(lines, await usedTokens(scope, question), lastDay);
  const parts: Parts = { split: splitDifference(cells), cells, unexplained };
  const byModel = effectsByMember(parts, "model");
  return {
    ...common,
    ...totals,
    state: "split",
    effects: sumEffects(byModel),
    tokens: { before: countOf(cells, "before"), after: countOf(cells, "after") },
    assumedTiers: assumed,
    unexplained: unexplainedRows(unexplained, TOP_MOVERS),
    movers: await moversOf(scope, question, {
      model: byModel,
      // People's spend does not say in which project.
      ...(isByPerson(query) ? {} : { project: effectsByMember(parts, "project") }),
    }),
  };
}

const incomparable = {
  state: "not_comparable",
  before: null,
  after: null,
  difference: null,
  effects: null,
  tokens: null,
  assumedTiers: [],
  unexplained: [],
  movers: {},
} satisfies Partial<WhyResult>;

const countOf = (cells: readonly Cell[], side: "before" | "after") =>
  String(cells.reduce((sum, cell) => sum + cell[side].tokens, 0n));

function totalsOf(lines: readonly BilledLine[]) {
  const sum = (wanted: number) =>
    sumDecimals(lines.flatMap(({ period, amount }) => (period === wanted ? [amount] : [])));
  const [after, before] = [sum(0), sum(1)];
  return { before, after, difference: subtractDecimals(after, before) };
}

const isByPerson = ({ filters }: ExploreQuery) => filters.some(({ dimension }) => dimension === "user");

type Question = {
  query: ExploreQuery;
  plan: Plan;
  timezone: string;
  /** What is read for the range and the period before, each as a whole. */
  base: Omit<CellsQuestion, "source" | "groupBy" | "top">;
};

async function questionOf(scope: OrgScope, query: ExploreQuery, groupBy: ExploreDimension[]): Promise<Question> {
  const timezone = query.zone === "org" ? scope.org.timezone : "UTC";
  const plan = planOf({ ...query, groupBy, granularity: "quarter" }, timezone);
  const listed = keepListed(await countedStreams(scope, plan.streams), query.filters);
  return {
    query,
    plan,
    timezone,
    base: {
      orgId: scope.org.id,
      measure: "cost",
      granularity: "quarter",
      timezone,
      periods: plan.periods.flatMap((period) => period?.range ?? []),
      streams: { ...streamSets(plan, listed), requests: plan.isDivided ? await requestStreams(scope) : [] },
      filters: query.filters.filter(({ dimension }) => !isOfList(dimension)),
      listed,
      span: plan.span,
      labels: await readLabels(scope, { ...plan, tag: query.tag }),
    },
  };
}

/** The cheapest place that tells these dimensions and those filtered by. */
const sourceFor = ({ query, base }: Question, dimensions: readonly ExploreDimension[]) =>
  sourceOf({ ...base, dimensions: [...query.filters.map(({ dimension }) => dimension), ...dimensions] });

/** What the groups come to in each period. */
async function sumsBy(
  scope: OrgScope,
  question: Question,
  groupBy: readonly SummedDimension[],
): Promise<readonly GroupSum[]> {
  const asked = { ...question.base, source: sourceFor(question, groupBy), groupBy };
  return (await readPackedSums(scope, asked)) ?? readGroupSums(scope, asked);
}

async function billedLines(scope: OrgScope, question: Question): Promise<BilledLine[]> {
  const sums = await sumsBy(scope, question, ["project", "model", "line_item"]);
  const lines = sums.map(({ period, keys: [project = "", model = "", lineItem = ""], sum }): BilledLine => {
    return { period, project, model, lineItem, amount: sum };
  });
  return inOnePlace(question, lines);
}

async function usedTokens(scope: OrgScope, question: Question): Promise<UsedTokens[]> {
  const streams = keepListed(await countedStreams(scope, tokenStreams), question.query.filters);
  return inOnePlace(question, await readUsedTokens(scope, { ...question.base, streams: streams.map(({ id }) => id) }));
}

/** People's spend does not say in which project: then all projects are one. */
const inOnePlace = <T extends { project: string }>({ query }: Question, rows: T[]): T[] =>
  isByPerson(query) ? rows.map((row) => ({ ...row, project: "" })) : rows;

type Effects = Partial<Record<MoverDimension, EffectsByMember>>;

async function moversOf(scope: OrgScope, question: Question, effects: Effects): Promise<WhyResult["movers"]> {
  const movers: WhyResult["movers"] = {};
  for (const dimension of moverDimensions) {
    if (refusalOf({ ...question.query, groupBy: [dimension] })) continue;
    movers[dimension] = await moversBy(scope, { question, dimension, effects: effects[dimension] });
  }
  return movers;
}

type MoversBy = { question: Question; dimension: MoverDimension; effects: EffectsByMember | undefined };

async function moversBy(scope: OrgScope, { question, dimension, effects }: MoversBy): Promise<WhyRow[]> {
  // People have a list of their own.
  const asked = dimension === "user" ? await questionOf(scope, question.query, [dimension]) : question;
  const sums = topMovers(await sumsBy(scope, asked, [dimension]), TOP_MOVERS);
  const keys = sums.flatMap(({ key }) => (key === null ? [] : [[dimension, key] as const]));
  const describe = await describeKeys(scope, keys, []);
  return moverRows(sums, { effects, describe: (key) => describe(dimension, key) });
}
