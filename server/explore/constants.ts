// What the screen, the command line and the server say alike about a question, without the library that checks schemas.

export const exploreMeasures = [
  "cost",
  "requests",
  "input_tokens",
  "input_cached_tokens",
  "input_uncached_tokens",
  "input_cache_write_tokens",
  "input_text_tokens",
  "input_audio_tokens",
  "input_image_tokens",
  "output_tokens",
  "output_text_tokens",
  "output_audio_tokens",
  "output_image_tokens",
  "images",
  "characters",
  "seconds",
  "sessions",
  "bytes",
  "calls",
] as const;
export type ExploreMeasure = (typeof exploreMeasures)[number];

export const exploreDimensions = [
  "project",
  "user",
  "api_key",
  "model",
  "model_family",
  "line_item",
  "token_type",
  "service_tier",
  "batch",
  "endpoint",
  "connection",
  "tag",
  "cost_center",
  "service_account",
] as const;
export type ExploreDimension = (typeof exploreDimensions)[number];

/** What the organization says itself, or its directory, of keys, people and projects: looked up beside what the provider tells. */
export const labelDimensions = ["tag", "cost_center", "service_account"] as const satisfies readonly ExploreDimension[];
export type LabelDimension = (typeof labelDimensions)[number];

export const exploreGranularities = ["hour", "day", "week", "month", "quarter"] as const;
export type ExploreGranularity = (typeof exploreGranularities)[number];

export const exploreComparisons = ["none", "previous_period", "previous_month", "previous_year"] as const;
export type ExploreComparison = (typeof exploreComparisons)[number];

/** Whose days: UTC, as the provider bills, or the organization's own. */
export const exploreZones = ["utc", "org"] as const;

/**
 * What a difference of spend is made of, in the order in which it is taken apart (see server/explore/why-effects.ts).
 * unexplained is what no usage belongs to: tool calls, storage, fine-tuning, credits.
 */
export const whyEffects = ["volume", "mix", "cache", "tier", "price", "unexplained"] as const;
export type WhyEffect = (typeof whyEffects)[number];

/** By what the largest movers are told. */
export const moverDimensions = ["project", "user", "api_key", "model"] as const;
export type MoverDimension = (typeof moverDimensions)[number];

/** Groups that are shown by name; the rest is added up as Other. */
export const DEFAULT_TOP = 8;
export const MAX_TOP = 100;
export const MAX_FILTERS = 12;
export const MAX_FILTER_VALUES = 50;
/** As long as a stored name can be (see normalise). */
export const MAX_FILTER_TEXT = 1000;
/** More points than a chart has pixels: a longer range takes longer steps, which fit into any range. */
const maxDays: Partial<Record<ExploreGranularity, number>> = { hour: 50, day: 1200 };

/** The most days that a question by these steps can be about. */
export const maxDaysBy = (granularity: ExploreGranularity): number => maxDays[granularity] ?? Number.POSITIVE_INFINITY;

/**
 * Which dimensions a measure can be told by: the one table that the server, the screen and the command line read. Costs
 * know what was billed, usage knows how it was called.
 */
const costDimensions: readonly ExploreDimension[] = [
  "project",
  "user",
  "api_key",
  "model",
  "model_family",
  "line_item",
  "token_type",
  "connection",
  "tag",
  "cost_center",
  "service_account",
];
const usageDimensions: readonly ExploreDimension[] = [
  "project",
  "user",
  "api_key",
  "model",
  "model_family",
  "service_tier",
  "batch",
  "endpoint",
  "connection",
  "tag",
  "service_account",
];

export const dimensionsOf = (measure: ExploreMeasure): readonly ExploreDimension[] =>
  measure === "cost" ? costDimensions : usageDimensions;

/** A value is the provider's id or name; null is what the provider attributes to nobody or nothing. */
export type ExploreFilter =
  | { dimension: ExploreDimension; op: "in" | "not_in"; values: (string | null)[] }
  | { dimension: ExploreDimension; op: "search"; text: string };

export type Combination = {
  measure: ExploreMeasure;
  groupBy: readonly ExploreDimension[];
  filters: readonly Pick<ExploreFilter, "dimension">[];
  /** The key of the tag that is meant. */
  tag: string | null;
};

export type Refusal =
  | { reason: "dimension_impossible"; measure: ExploreMeasure; dimension: ExploreDimension }
  | { reason: "user_with_project"; dimension: (typeof placesOfCosts)[number] }
  | { reason: "tag_without_key"; dimension: "tag" }
  | { reason: "same_dimension_twice"; dimension: ExploreDimension };

/** What costs are told by only where they are not told by person. */
const placesOfCosts = ["project", "api_key", "tag", "cost_center", "service_account"] as const;

/** Why these cannot be asked for together; null when they can. */
export function refusalOf({ measure, groupBy, filters, tag }: Combination): Refusal | null {
  const used = [...groupBy, ...filters.map(({ dimension }) => dimension)];
  const impossible = used.find((dimension) => !dimensionsOf(measure).includes(dimension));
  if (impossible) return { reason: "dimension_impossible", measure, dimension: impossible };
  const twice = groupBy.find((dimension, index) => groupBy.indexOf(dimension) !== index);
  if (twice) return { reason: "same_dimension_twice", dimension: twice };
  if (used.includes("tag") && tag === null) return { reason: "tag_without_key", dimension: "tag" };
  const place = placesOfCosts.find((dimension) => used.includes(dimension));
  if (measure === "cost" && used.includes("user") && place) return { reason: "user_with_project", dimension: place };
  return null;
}

/** The refusal for people at a terminal and in answers of the API; the screen has it in the reader's language. */
export function refusalSentence(refusal: Refusal): string {
  switch (refusal.reason) {
    case "dimension_impossible":
      return refusal.measure === "cost"
        ? `Costs are not told by ${refusal.dimension}: the provider bills by ${costDimensions.join(", ")}.`
        : `${refusal.measure} is not told by ${refusal.dimension}: usage is counted by ${usageDimensions.join(", ")}.`;
    case "tag_without_key":
      return "Say which tag is meant: by its key.";
    case "user_with_project":
      return `Costs cannot be told by user together with ${refusal.dimension}: the provider does not say which person spent what within a project or key.`;
    case "same_dimension_twice":
      return `${refusal.dimension} is grouped by twice.`;
    default:
      return refusal satisfies never;
  }
}

/** Stands for null in a filter's text; a value that reads so is escaped. */
const NOBODY = "(none)";

/** "project=proj_a,proj_b", "model!=gpt-4o", "user~anna", "user=(none)": as it stands in addresses and on the command line. */
export function formatFilter(filter: ExploreFilter): string {
  if (filter.op === "search") return `${filter.dimension}~${escape(filter.text)}`;
  const values = filter.values.map((value) => (value === null ? NOBODY : escape(value)));
  return `${filter.dimension}${filter.op === "in" ? "=" : "!="}${values.join(",")}`;
}

/** Back from the text; null for anything that is no filter. */
export function parseFilter(text: string): ExploreFilter | null {
  const match = /^([a-z_]{1,20})(!=|=|~)(.+)$/s.exec(text);
  const dimension = exploreDimensions.find((candidate) => candidate === match?.[1]);
  if (!match || !dimension) return null;
  const [, , sign, rest = ""] = match;
  if (sign === "~") {
    const searched = unescape(rest);
    return searched === null || searched.length > MAX_FILTER_TEXT ? null : { dimension, op: "search", text: searched };
  }
  const parts = rest.split(",");
  const values = parts.flatMap((part) => {
    const value = part === NOBODY ? null : unescape(part);
    return value === null && part !== NOBODY ? [] : [value];
  });
  const isSane =
    values.length === parts.length &&
    values.length <= MAX_FILTER_VALUES &&
    values.every((value) => value === null || (value.length > 0 && value.length <= MAX_FILTER_TEXT));
  return isSane ? { dimension, op: sign === "=" ? "in" : "not_in", values } : null;
}

/** The characters that separate, and the sign of escaping itself. */
const escape = (value: string) =>
  value === NOBODY
    ? "%28none%29"
    : value.replaceAll(/[%,;]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

function unescape(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
