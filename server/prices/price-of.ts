import { divideDecimals, multiplyDecimals } from "@/server/lib/money";
import type { UtcDay } from "@/server/lib/time";
import {
  findPricedModel,
  periodOf,
  priceBook,
  type PricedModel,
  type PricePeriod,
  type RateName,
} from "@/server/prices/price-book";
import type { ListPrice, MeteredKind, NoPriceReason, Price, PriceTier } from "@/server/prices/schema";

const MILLION = 1_000_000;
const THOUSAND = 1_000;
const SECONDS_A_MINUTE = 60;

/** Kinds that every model prices for itself. */
const rateOf = {
  input: { rate: "input", per: MILLION },
  cachedInput: { rate: "cachedInput", per: MILLION },
  cacheWrite: { rate: "cacheWrite", per: MILLION },
  output: { rate: "output", per: MILLION },
  audioInput: { rate: "audioInput", per: MILLION },
  cachedAudioInput: { rate: "cachedAudioInput", per: MILLION },
  audioOutput: { rate: "audioOutput", per: MILLION },
  imageInput: { rate: "imageInput", per: MILLION },
  cachedImageInput: { rate: "cachedImageInput", per: MILLION },
  imageOutput: { rate: "imageOutput", per: MILLION },
  characters: { rate: "characters", per: MILLION },
  audioSeconds: { rate: "minutes", per: SECONDS_A_MINUTE },
  webSearchCalls: { rate: "webSearchCalls", per: THOUSAND },
} as const satisfies Partial<Record<MeteredKind, { rate: RateName; per: number }>>;

/** What is the same in all tiers: only tokens have tiers. */
const untiered: readonly MeteredKind[] = ["characters", "audioSeconds", "webSearchCalls"];

export type PriceQuestion = {
  /** As usage names it; null for endpoints whose usage names none. */
  model: string | null;
  kind: MeteredKind;
  /** Null is a tier without list prices. */
  tier: PriceTier | null;
  day: UtcDay;
};

/** What the list said on a day; without a price the reason why there is none, never zero. */
export function priceOf({ model, kind, tier, day }: PriceQuestion): Price {
  switch (kind) {
    case "fileSearchCalls":
      return { amount: priceBook.tools.fileSearchCalls, per: THOUSAND };
    case "sessions":
      return { amount: priceBook.tools.sessions, per: 1 };
    case "storageBytes":
      // Billed is room taken over time; usage tells bytes at moments.
      return none("unit");
    case "images":
      // By size and quality, which the list prices in tokens that usage does not tell.
      return none("kind");
    default:
      return priceOfModel(kind, { model, tier, day });
  }
}

function priceOfModel(kind: keyof typeof rateOf, { model, tier, day }: Omit<PriceQuestion, "kind">): Price {
  const entry = model === null ? null : findPricedModel(model);
  if (!entry) return none("model");
  const { rate, per } = rateOf[kind];
  const priced = untiered.includes(kind) ? "standard" : tier;
  if (priced === null) return none("tier");
  const rates = periodOf(entry, day)?.[priced];
  if (!rates) return none("tier");
  const other = billedAs[kind];
  const amount = rates[other && !hasEver(entry, rate) ? other : rate];
  return amount === undefined ? none("kind") : { amount, per };
}

/**
 * What tokens are billed as by models that never had a price of their own for them: writing to the cache and images are
 * input like any other there.
 */
const billedAs: Partial<Record<MeteredKind, RateName>> = {
  cacheWrite: "input",
  imageInput: "input",
  cachedImageInput: "cachedInput",
};

const hasEver = ({ prices }: PricedModel, rate: RateName) =>
  prices.some((period: PricePeriod) => period.standard[rate] !== undefined);

const none = (reason: NoPriceReason): Price => ({ amount: null, reason });

/** Quantity times price, exactly; a price that is not for a power of ten (minutes) to 30 decimals. */
export const costOf = (quantity: string, { amount, per }: ListPrice): string =>
  divideDecimals(multiplyDecimals(quantity, amount), String(per));

const tiersByName: Record<string, PriceTier> = {
  default: "standard",
  auto: "standard",
  standard: "standard",
  flex: "flex",
  priority: "priority",
  fast: "priority",
  ultrafast: "ultrafast",
  batch: "batch",
};

/** The tier of the list by what usage says: batch jobs have their own prices; no tier named is the standard one. */
export function tierOf({ isBatch, serviceTier }: { isBatch: boolean; serviceTier: string | null }): PriceTier | null {
  if (isBatch) return "batch";
  return serviceTier === null ? "standard" : (tiersByName[serviceTier.toLowerCase()] ?? null);
}
