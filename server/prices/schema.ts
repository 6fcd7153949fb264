/** Kinds of tokens with a price of their own; they do not overlap. */
export const tokenKinds = [
  "input",
  "cachedInput",
  "cacheWrite",
  "output",
  "audioInput",
  "cachedAudioInput",
  "audioOutput",
  "imageInput",
  "cachedImageInput",
  "imageOutput",
] as const;

export type TokenPriceKind = (typeof tokenKinds)[number];

/** What is counted and billed apart: kinds of tokens, and the units of the other endpoints. */
export const meteredKinds = [
  ...tokenKinds,
  "characters",
  "audioSeconds",
  "images",
  "storageBytes",
  "sessions",
  "fileSearchCalls",
  "webSearchCalls",
] as const;
export type MeteredKind = (typeof meteredKinds)[number];

export const priceTiers = ["standard", "batch", "flex", "priority", "ultrafast"] as const;
export type PriceTier = (typeof priceTiers)[number];

/**
 * Why there is no price: the model is not in the book; the book has no price for this kind (of this tier, at this time); the
 * tier is none that has list prices; what is counted is not what is billed.
 */
export type NoPriceReason = "model" | "kind" | "tier" | "unit";

/** US dollars (decimal text) for `per` of what is counted. */
export type ListPrice = { amount: string; per: number };
export type Price = ListPrice | { amount: null; reason: NoPriceReason };
