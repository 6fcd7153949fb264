import { z } from "zod";
import { exploreZones, MAX_FILTERS } from "@/server/explore/constants";
import { type Amount, ExploreQuery, Filter } from "@/server/explore/schema";
import { forecastPeriods } from "@/server/forecasts/constants";
import type { DayRange, Freshness } from "@/server/usage/schema";

/** The running month or quarter of a zone's days, of all spend or of what filters leave. */
export const ForecastInput = z.object({
  period: z.enum(forecastPeriods).default("month"),
  zone: z.enum(exploreZones).default("utc"),
  filters: z.array(Filter).max(MAX_FILTERS).default([]),
  tag: ExploreQuery.shape.tag,
});
export type ForecastInput = z.infer<typeof ForecastInput>;

export type ForecastDay = {
  day: string;
  /** gap: over, but not known completely; open: today; ahead: still to come. */
  state: "known" | "gap" | "open" | "ahead";
  /** What is known of it. */
  actual: Amount;
  /** What is expected besides; zero for known days, null where nothing can be expected. */
  rest: Amount;
  /** The period up to and with this day: known and expected, and between what it should lie. */
  total: Amount;
  low: Amount;
  high: Amount;
};

export type ForecastResult = {
  input: ForecastInput;
  /** IANA name of the zone whose days these are. */
  timezone: string;
  /** The whole period. */
  range: DayRange;
  /** The whole period before. */
  previousRange: DayRange;
  previousTotal: Amount;
  today: string;
  /** none: fewer than 3 known days, so nothing is expected; short: fewer than 14, so there is no band. */
  quality: "none" | "short" | "enough";
  historyDays: number;
  /** Past days of the period that are not known completely, and are estimated. */
  gapDays: number;
  soFar: Amount;
  expected: Amount;
  /** Of ten such periods, eight end up between these. */
  low: Amount;
  high: Amount;
  days: ForecastDay[];
  freshness: Freshness;
};
