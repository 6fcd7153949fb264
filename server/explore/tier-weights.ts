import type { TokenKind } from "@/server/explore/token-kinds";
import { Exact } from "@/server/lib/money";
import type { UtcDay } from "@/server/lib/time";
import { priceOf, tierOf } from "@/server/prices/price-of";
import type { PriceTier, TokenPriceKind } from "@/server/prices/schema";

/** What a token of the standard tier counts: tiers are counted in whole parts of it. */
export const STANDARD_WEIGHT = 1_000_000;

/** Where the list has no price of a tier: what it is of the standard price for most models. */
const assumed: Record<PriceTier, number> = { standard: 1, batch: 0.5, flex: 0.5, priority: 2, ultrafast: 1 };

const pricedAs: Record<TokenKind, TokenPriceKind> = {
  input: "input",
  cached: "cachedInput",
  cache_write: "cacheWrite",
  output: "output",
  audio_input: "audioInput",
  audio_output: "audioOutput",
};

type Called = { model: string; batch: string; serviceTier: string };

export type TierWeight = {
  /** In parts of STANDARD_WEIGHT. */
  weight: bigint;
  tier: PriceTier;
  /** The list has no price of the model in this tier. */
  isAssumed: boolean;
};

/**
 * What a token counts against one of the standard tier, by the list prices of a day; '' is "the provider gave none". A tier
 * that the list does not know at all counts as the standard one.
 */
export function weightOf({ model, batch, serviceTier }: Called, kind: TokenKind, day: UtcDay): TierWeight {
  const tier = tierOf({ isBatch: batch === "true", serviceTier: serviceTier || null }) ?? "standard";
  if (tier === "standard") return { weight: BigInt(STANDARD_WEIGHT), tier, isAssumed: false };
  const price = (of: PriceTier) => priceOf({ model: model || null, kind: pricedAs[kind], tier: of, day }).amount;
  const [own, standard] = [price(tier), price("standard")];
  const isListed = own !== null && standard !== null && Number(standard) > 0;
  const multiple = isListed ? new Exact(own).div(standard) : new Exact(assumed[tier]);
  return { weight: BigInt(multiple.times(STANDARD_WEIGHT).toFixed(0)), tier, isAssumed: !isListed };
}
