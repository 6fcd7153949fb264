import { z } from "zod";
import type { MeteredKind, NoPriceReason } from "@/server/prices/schema";
import { DayRange, type Freshness, type Usd } from "@/server/usage/schema";

export const TiesInput = z.object({ range: DayRange });
export type TiesInput = z.infer<typeof TiesInput>;

/** `openaiOrg` is the provider's id of an organization, as the ties name it. */
export const PriceCheckInput = z.object({ range: DayRange, openaiOrg: z.string().min(1).max(300) });
export type PriceCheckInput = z.infer<typeof PriceCheckInput>;

export const tieCuts = ["project", "api_key", "line_item", "user"] as const;
export type TieCut = (typeof tieCuts)[number];

/**
 * What a cut of the bill adds up to. attributed + nobody + notListed is the total: `nobody` is what the list names nobody
 * for, `notListed` what the list lacks of the total (the list by person is one of its own and may have fewer days or lines).
 */
export type Tie = { by: TieCut; members: number; attributed: Usd; nobody: Usd; notListed: Usd };

/** One OpenAI organization, whatever its figures were fetched or imported by. */
export type TiedOrganization = {
  openaiOrgId: string;
  /** The names of its connections; none where only imported files have it. */
  names: string[];
  /** Billed in the range in US dollars; null when nothing is stored, which is not zero. */
  total: Usd | null;
  ties: Tie[];
  /** Days on which the list by person adds up to something else than the bill; at most a hundred, of so many. */
  daysApart: { day: string; billed: Usd; byPerson: Usd | null; missing: Usd | null }[];
  daysApartCount: number;
};

export type Ties = { range: DayRange; organizations: TiedOrganization[]; freshness: Freshness };

/**
 * Why the bill differs from what usage comes to at list prices:
 * not_settled: of days whose bill or usage is not complete yet; not_metered: billed, but no usage endpoint counts it;
 * no_price: counted, but not (wholly) in the price list; not_billed: counted and priced, but there is no bill;
 * rounding; below_list, above_list: another price than the list's.
 */
export const gapReasons = [
  "not_settled",
  "not_metered",
  "no_price",
  "not_billed",
  "below_list",
  "above_list",
  "rounding",
] as const;
export type GapReason = (typeof gapReasons)[number];

/** A line of the bill beside the usage that it is for. */
export type PriceCheckLine = {
  model: string | null;
  kind: MeteredKind | null;
  /** As the bill calls it; null for usage that is not billed. */
  lineItem: string | null;
  /** What usage counted (decimal text of a whole number); null when no endpoint counts it. */
  quantity: string | null;
  /** Of that, what no price is known for, and why. */
  unpricedQuantity: string;
  noPrice: NoPriceReason[];
  /** US dollars for `per` in the standard tier; null when unknown, or when it changed within the range. */
  listPrice: { amount: string; per: number } | null;
  /** The priced quantity at the prices of the standard tier, and of the tiers it was used in; null without a price. */
  standardAmount: Usd | null;
  expected: Usd | null;
  billed: Usd;
  /** billed - expected; null without an expectation. */
  difference: Usd | null;
  /** They add up to the difference; without an expectation, to what was billed. */
  reasons: { code: GapReason; amount: Usd }[];
  /** Long requests of this model cost more than the list's first price, which usage does not tell apart. */
  hasLongContextPrice: boolean;
};

/** billed = standardAmount + tierEffect + the reasons, exactly. */
export type PriceCheck = {
  range: DayRange;
  openaiOrgId: string;
  billed: Usd;
  standardAmount: Usd;
  tierEffect: Usd;
  expected: Usd;
  reasons: { code: GapReason; amount: Usd }[];
  lines: PriceCheckLine[];
  /** Days of the range that are complete in the bill and in usage, of those that have begun. */
  settledDays: number;
  begunDays: number;
  priceBook: { asOf: string };
};
