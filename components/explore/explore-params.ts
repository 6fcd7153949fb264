import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { rangeParams } from "@/components/usage/range-params";
import {
  exploreComparisons,
  exploreDimensions,
  type ExploreFilter,
  exploreGranularities,
  exploreMeasures,
  exploreZones,
  formatFilter,
  parseFilter,
} from "@/server/explore/constants";

/** How the answer is drawn. */
export const exploreForms = ["bar", "area", "line", "share"] as const;

const parseAsFilter = createParser<ExploreFilter>({
  parse: parseFilter,
  serialize: formatFilter,
  eq: (a, b) => formatFilter(a) === formatFilter(b),
});

const parseAsGroups = parseAsArrayOf(parseAsStringLiteral(exploreDimensions));

/** A question in an address: a link is a view. */
export const questionParams = {
  measure: parseAsStringLiteral(exploreMeasures),
  group: parseAsGroups,
  by: parseAsStringLiteral(exploreGranularities),
  zone: parseAsStringLiteral(exploreZones),
  filter: parseAsArrayOf(parseAsFilter, ";"),
  tag: parseAsString,
  compare: parseAsStringLiteral(exploreComparisons),
  top: parseAsInteger,
  form: parseAsStringLiteral(exploreForms),
  /** Whether the change is taken apart below the chart. */
  why: parseAsBoolean,
};

export const exploreParams = { ...questionParams, ...rangeParams };

export const loadExplore = createLoader(exploreParams);
