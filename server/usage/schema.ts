import { z } from "zod";
import { MAX_RANGE_DAYS, MS_PER_DAY } from "@/server/lib/time";
import { breakdownDimensions, MAX_COMPARED, type rateLimitFields, type trendMeasures } from "@/server/usage/constants";
import { Day } from "@/server/lib/day";

export const BreakdownDimension = z.enum(breakdownDimensions);
export type BreakdownDimension = z.infer<typeof BreakdownDimension>;

/** Days are UTC days, `to` is exclusive; at most five years at once. */
export const DayRange = z
  .object({ from: Day, to: Day })
  .refine(({ from, to }) => from < to, { message: "from must be before to", path: ["to"] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_RANGE_DAYS * MS_PER_DAY, {
    message: "at most five years",
    path: ["to"],
  });
export type DayRange = z.infer<typeof DayRange>;

export const BreakdownInput = z.object({ dimension: BreakdownDimension, range: DayRange });
export type BreakdownInput = z.infer<typeof BreakdownInput>;

/** `key` is the provider's id (a model's name for models); null is what the provider attributes to nobody. */
export const MemberInput = BreakdownInput.extend({ key: z.string().min(1).max(300).nullable() });
export type MemberInput = z.infer<typeof MemberInput>;

export const TrendsInput = BreakdownInput.extend({
  keys: z.array(z.string().min(1).max(300)).min(1).max(MAX_COMPARED),
});
export type TrendsInput = z.infer<typeof TrendsInput>;

export const MemberRef = z.object({ dimension: BreakdownDimension, key: z.string().min(1).max(300) });
export type MemberRef = z.infer<typeof MemberRef>;

export const OverviewInput = z.object({ range: DayRange });
export type OverviewInput = z.infer<typeof OverviewInput>;

/** Money is a decimal string in USD with every digit the provider gave; null means unknown, never zero. */
export type Usd = string;

/** Counts of the usage endpoints over the range; null is unknown: lists that would tell were not fetched. */
export type UsageCounts = Record<"requests" | "inputTokens" | "inputCachedTokens" | "outputTokens", number | null>;

export type MemberState = "active" | "archived" | "deleted" | "unknown";

export type Member = {
  /** The provider's id; null is the row of what is attributed to nobody. */
  key: string | null;
  /** The organization's own name for it, else the provider's as last seen; null when there is none. */
  name: string | null;
  /** The provider's name, where the organization has one of its own; null when the provider never gave one. */
  providerName?: string | null;
  /** A second line that tells members apart: e-mail of a user, redacted value of a key, ... */
  detail: string | null;
  state: MemberState;
  kind: "project" | "user" | "service_account" | "api_key" | "model" | "line_item";
};

/**
 * State of the figures. fresh: as of less than an hour ago; syncing: a run is under way; stale: older;
 * partial: days of the range are missing or a list behind the page fails; failed: nothing can be fetched (see the connection);
 * empty: nothing was ever synced.
 */
export type FreshnessState = "fresh" | "syncing" | "stale" | "partial" | "failed" | "empty";

export type Freshness = {
  state: FreshnessState;
  /** When the oldest of the streams behind the figures was last fetched: an ISO instant. */
  asOf: string | null;
  /** Days of the range that were not fetched yet, as [from, to) UTC days. */
  missing: { from: string; to: string }[];
  /** Which lists lack (some of) them; none when all lists of the page do. */
  missingStreams: string[];
  /** Failing streams or connections, to be shown with their reason. */
  problems: { connectionId: string; connectionName: string; stream: string | null; code: string }[];
  /** Whether figures come from the sample organization, be it of a deleted connection. */
  sample: "none" | "some" | "all";
};

/** Rows as the screens' tables show them. `share` is of the range's total, 0..1, null when the total is zero. */
export type BreakdownRow = Member & {
  amount: Usd | null;
  previousAmount: Usd | null;
  usage: UsageCounts;
  share: number | null;
};

/** A stacked daily chart: values[m][d] belongs to members[m] and days[d]; null is a day not fetched yet, not zero. */
export type DailySeries = { days: string[]; members: (Member & { isOther: boolean })[]; values: (Usd | null)[][] };

export type Totals = { amount: Usd | null; previousAmount: Usd | null; usage: UsageCounts };

/** Money in other currencies than USD, never added to the totals. */
export type OtherCurrency = { currency: string; amount: string };

export type Breakdown = {
  range: DayRange;
  previousRange: DayRange;
  totals: Totals;
  rows: BreakdownRow[];
  series: DailySeries;
  otherCurrencies: OtherCurrency[];
  freshness: Freshness;
};

/** One project, person, key or model: what it cost by day, and on what. */
export type MemberDetail = {
  member: Member;
  /** e.g. the project of a key, the owner of a key: links to other detail pages. */
  related: { label: "project" | "owner"; dimension: BreakdownDimension; member: Member }[];
  facts: { label: "created_at" | "last_used_at" | "archived_at" | "removed_at" | "role"; value: string }[];
  totals: Totals;
  /** Daily spend of the member by line item (top 8 and Other). */
  series: DailySeries;
  byLineItem: { lineItem: string | null; amount: Usd; share: number | null }[];
  byModel: { model: string | null; usage: UsageCounts }[];
  freshness: Freshness;
};

/** What a member cost by day and model (line items that name none stand for themselves). */
export type MemberModels = { amount: Usd | null; series: DailySeries; asOf: string | null };

export type TrendMeasure = (typeof trendMeasures)[number];

/** values[measure][m][d] belongs to members[m] and days[d]: decimal texts; null is a day not fetched yet, not zero. */
export type Trends = {
  days: string[];
  members: Member[];
  values: Record<TrendMeasure, (string | null)[][]>;
  freshness: Freshness;
};

export type RateLimitField = (typeof rateLimitFields)[number];

/** What stands round a member, whatever the range: since when, within which limits, and who else. */
export type MemberAround = {
  /** UTC days of the first and last amount that is not zero. */
  firstDay: string | null;
  lastDay: string | null;
  /** Null is a limit that the model does not have. */
  rateLimits: { project: Member; model: string; limits: Record<RateLimitField, number | null> }[];
  /** Per calendar month, of the project or (null) of the whole OpenAI organization. */
  spendLimits: { project: Member | null; kind: "limit" | "alert"; amount: Usd }[];
  /**
   * Of the project for a calendar month, the running one's first day, and what it has cost since then as far as that is known:
   * of so many days before today nothing is. Null while nothing is known at all.
   */
  budgets: { project: Member; month: string; amount: Usd; spent: Usd | null; unknownDays: number }[];
  people: { member: Member; role: string | null }[];
  keys: { member: Member; owner: Member | null; lastUsedAt: string | null }[];
  projects: { member: Member; role: string | null }[];
  /** How many more there are of each than are listed. */
  unlisted: Record<"rateLimits" | "people" | "keys" | "projects", number>;
};

export type Overview = {
  range: DayRange;
  previousRange: DayRange;
  totals: Totals;
  /** Month to date and the same number of days of the month before, in UTC days. */
  monthToDate: { amount: Usd | null; previousAmount: Usd | null; from: string; to: string };
  /** Yesterday against the average of the same weekday in the four weeks before. */
  yesterday: { amount: Usd | null; usualAmount: Usd | null };
  /** The project whose spend differs most from the range before; null where none does, or that is not known. */
  largestChange: { member: Member; difference: Usd } | null;
  series: DailySeries;
  top: Record<BreakdownDimension, BreakdownRow[]>;
  otherCurrencies: OtherCurrency[];
  freshness: Freshness;
};
