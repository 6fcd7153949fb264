import type { inferParserType } from "nuqs/server";
import { countDays } from "@/components/lib/date-range";
import type { exploreForms, questionParams } from "@/components/explore/explore-params";
import type { SelectedRange } from "@/components/usage/resolve-range";
import {
  DEFAULT_TOP,
  dimensionsOf,
  type ExploreDimension,
  type ExploreGranularity,
  labelDimensions,
  exploreGranularities,
  MAX_FILTERS,
  MAX_TOP,
  maxDaysBy,
  refusalOf,
} from "@/server/explore/constants";
import { isTagKey } from "@/server/allocation/constants";
import type { ExploreQuery } from "@/server/explore/schema";

export type QuestionState = inferParserType<typeof questionParams>;

/** What is drawn and asked for when the address says nothing. */
export const usual = {
  measure: "cost",
  group: ["project"],
  zone: "utc",
  compare: "none",
  top: DEFAULT_TOP,
  form: "bar",
} as const;

export type Question = { query: ExploreQuery; form: (typeof exploreForms)[number]; isWhyOpen: boolean };

/**
 * What an address means. What cannot be told together is left out rather than refused, because people change one thing
 * at a time: groups and filters that a measure does not know go, and of two that exclude each other the later one.
 */
export function resolveQuestion(state: QuestionState, { query: range }: SelectedRange): Question {
  const measure = state.measure ?? usual.measure;
  const tag = state.tag !== null && isTagKey(state.tag) ? state.tag : null;
  const isKnown = (dimension: ExploreDimension) => dimensionsOf(measure).includes(dimension);
  const filters = (state.filter ?? []).filter(({ dimension }) => isKnown(dimension)).slice(0, MAX_FILTERS);
  const groupBy: ExploreDimension[] = [];
  for (const dimension of state.group ?? usual.group) {
    const wider = [...groupBy, dimension];
    if (wider.length <= 2 && refusalOf({ measure, groupBy: wider, filters, tag }) === null) groupBy.push(dimension);
  }
  const possible = filters.filter(
    (_, index) => refusalOf({ measure, groupBy, filters: filters.slice(0, index + 1), tag }) === null,
  );
  return {
    query: {
      measure,
      groupBy,
      granularity: granularityOf(state.by, range),
      range,
      zone: state.zone ?? usual.zone,
      tag: [...groupBy, ...possible.map(({ dimension }) => dimension)].includes("tag") ? tag : null,
      filters: possible,
      compare: state.compare ?? usual.compare,
      top: Math.min(MAX_TOP, Math.max(1, state.top ?? usual.top)),
    },
    form: state.form ?? usual.form,
    isWhyOpen: state.why === true && canExplain({ measure, filters: possible }),
  };
}

/** Changes of cost are taken apart by what the provider tells of a cost alone. */
export const canExplain = ({ measure, filters }: Pick<ExploreQuery, "measure" | "filters">) =>
  measure === "cost" && !filters.some(({ dimension }) => labelDimensions.some((label) => label === dimension));

/** As chosen while the range has room for it, else as fine as can still be read. */
function granularityOf(chosen: ExploreGranularity | null, range: ExploreQuery["range"]): ExploreGranularity {
  return chosen && granularitiesFor(range).includes(chosen) ? chosen : usualGranularity(range);
}

const lengthOf = ({ from, to }: ExploreQuery["range"]) => countDays({ from, to }) - 1;

/** Up to a hundred bars. */
export function usualGranularity(range: ExploreQuery["range"]): ExploreGranularity {
  const days = lengthOf(range);
  if (days <= 100) return "day";
  return days <= 500 ? "week" : "month";
}

/** Those that do not make more bars than can be drawn. */
export const granularitiesFor = (range: ExploreQuery["range"]): ExploreGranularity[] =>
  exploreGranularities.filter((granularity) => lengthOf(range) <= maxDaysBy(granularity));
