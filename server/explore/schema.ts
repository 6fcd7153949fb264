import { z } from "zod";
import {
  DEFAULT_TOP,
  exploreComparisons,
  exploreDimensions,
  type ExploreDimension,
  exploreGranularities,
  exploreMeasures,
  exploreZones,
  MAX_FILTER_TEXT,
  MAX_FILTER_VALUES,
  MAX_FILTERS,
  MAX_TOP,
  type MoverDimension,
  type WhyEffect,
} from "@/server/explore/constants";
import { TagKey } from "@/server/allocation/schema";
import { FIRST_DAY } from "@/server/lib/time";
import type { PriceTier } from "@/server/prices/schema";
import { DayRange, type Freshness, type Member } from "@/server/usage/schema";

const ExploreDimensionName = z.enum(exploreDimensions);

const FilterValue = z.string().min(1).max(MAX_FILTER_TEXT).nullable();

export const Filter = z.discriminatedUnion("op", [
  z.object({
    dimension: ExploreDimensionName,
    op: z.literal("in"),
    values: z.array(FilterValue).min(1).max(MAX_FILTER_VALUES),
  }),
  z.object({
    dimension: ExploreDimensionName,
    op: z.literal("not_in"),
    values: z.array(FilterValue).min(1).max(MAX_FILTER_VALUES),
  }),
  z.object({
    dimension: ExploreDimensionName,
    op: z.literal("search"),
    text: z.string().trim().min(1).max(MAX_FILTER_TEXT),
  }),
]);

/** One question about spend or usage. Days are of the zone asked for, `to` is exclusive. */
export const ExploreQuery = z.object({
  measure: z.enum(exploreMeasures),
  groupBy: z.array(ExploreDimensionName).max(2).default([]),
  granularity: z.enum(exploreGranularities),
  range: DayRange.refine(({ from }) => from > FIRST_DAY, { message: `after ${FIRST_DAY}`, path: ["from"] }),
  zone: z.enum(exploreZones).default("utc"),
  /** The key of the tag that groups and filters by tag mean. */
  tag: TagKey.nullable().default(null),
  filters: z.array(Filter).max(MAX_FILTERS).default([]),
  compare: z.enum(exploreComparisons).default("none"),
  top: z.int().min(1).max(MAX_TOP).default(DEFAULT_TOP),
});
export type ExploreQuery = z.infer<typeof ExploreQuery>;

export const ExploreInput = z.object({ query: ExploreQuery });

/** A decimal without an exponent; null is unknown, never zero. */
export type Amount = string | null;

/**
 * known: all lists have it; partial: some days or lists are missing; unknown: nothing was fetched; open: it is not over
 * yet, and its figure still moves; ahead: it has not begun.
 */
export type BucketState = "known" | "partial" | "unknown" | "open" | "ahead";

export type ExploreBucket = {
  /** First day of the bucket (YYYY-MM-DD), or the hour's beginning as an instant with the zone's offset. */
  start: string;
  state: BucketState;
};

/** What a group is of one dimension: the provider's id and, where there is one, its name. */
export type ExploreLabel = Pick<Member, "key" | "name" | "providerName" | "detail" | "state"> & {
  dimension: ExploreDimension;
  isServiceAccount: boolean;
};

export type ExploreGroup = {
  /** named: one combination; other: the sum of all that are not named; unattributed: what the provider gave no name for. */
  kind: "named" | "other" | "unattributed";
  /** One per dimension grouped by; none for other and for the total of an ungrouped question. */
  labels: ExploreLabel[];
  total: Amount;
  previousTotal: Amount;
  /** Of the total of all groups, -1..1. */
  share: number | null;
  /** By bucket. */
  values: Amount[];
};

export type ExploreResult = {
  query: ExploreQuery;
  /** IANA name of the zone whose days these are. */
  timezone: string;
  /**
   * How much of the total the provider told by UTC day only and nothing allows to divide into hours: it stays with the day
   * of the same date. Null where nothing had to be divided.
   */
  undivided: Amount;
  /** UTC days or days of the zone that are compared with; null without a comparison. */
  previousRange: { from: string; to: string } | null;
  buckets: ExploreBucket[];
  /** Named ones largest first, then other, then unattributed. They add up to the totals, bucket by bucket. */
  groups: ExploreGroup[];
  /** How many combinations there are; those that are not named are in other. */
  groupCount: number;
  totals: {
    value: Amount;
    previous: Amount;
    /** Change against the period compared with, as a ratio; null where there is nothing to compare. */
    change: number | null;
    values: Amount[];
    /** Place by place of the period compared with; empty without one. */
    previousValues: Amount[];
  };
  /** What the values of the filters are called. */
  filterLabels: ExploreLabel[];
  freshness: Freshness;
};

/** What a row of one member, or of all others together, has to do with a difference. Decimal texts. */
export type WhyRow = {
  /** Null is what all others come to. */
  label: ExploreLabel | null;
  /** How many members the row stands for. */
  count: number;
  before: string;
  after: string;
  difference: string;
  /** They add up to the difference; null where usage does not tell them by this dimension. */
  effects: Record<WhyEffect, string> | null;
};

/** A line item without usage, or all others together (isOther). */
export type UnexplainedRow = { lineItem: string | null; isOther: boolean } & Pick<
  WhyRow,
  "before" | "after" | "difference"
>;

/** The difference between the range and the range compared with, taken apart. */
export type WhyResult = {
  query: ExploreQuery;
  timezone: string;
  range: DayRange;
  previousRange: DayRange | null;
  /**
   * split: taken apart; usage_unknown: usage of some of these days was not fetched, so there are movers only;
   * not_comparable: the spend of the period before is not known completely.
   */
  state: "split" | "usage_unknown" | "not_comparable";
  before: Amount;
  after: Amount;
  difference: Amount;
  /** They add up to the difference; null unless it is split. */
  effects: Record<WhyEffect, string> | null;
  /** All tokens whose price is known, as counts. */
  tokens: { before: string; after: string } | null;
  /** Tiers that tokens ran in and the price list has no price of: they count as is usual for other models. */
  assumedTiers: { model: string; tier: PriceTier }[];
  /** Largest movement first. */
  unexplained: UnexplainedRow[];
  /** Largest movement first; the rows of a dimension add up to the difference. */
  movers: Partial<Record<MoverDimension, WhyRow[]>>;
  /** Whether the last day is not over: costs and usage of it come at different times. */
  hasOpenDay: boolean;
  freshness: Freshness;
};

/** The address of a view after the question mark; the page reads from it what it knows. */
const ViewSearch = z.string().max(8000);

const viewFields = {
  name: z.string().trim().min(1).max(100),
  search: ViewSearch,
  isShared: z.boolean(),
  isPinned: z.boolean(),
};

export const ViewInput = z.object({
  ...viewFields,
  isShared: viewFields.isShared.default(false),
  isPinned: viewFields.isPinned.default(false),
});
export type ViewInput = z.infer<typeof ViewInput>;

export const ViewRef = z.object({ viewId: z.uuid() });
export const ViewChange = ViewRef.extend(z.object(viewFields).partial().shape);
export type ViewChange = z.infer<typeof ViewChange>;

export type ViewEntry = {
  id: string;
  name: string;
  search: string;
  isShared: boolean;
  isPinned: boolean;
  isMine: boolean;
  canChange: boolean;
};
