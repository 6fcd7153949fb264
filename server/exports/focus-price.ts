import type { CostFactRow } from "@/server/exports/read-facts.sql";
import { multiplyDecimals } from "@/server/lib/money";
import { toUtcDay } from "@/server/lib/time";
import { findPricedModel } from "@/server/prices/price-book";
import { priceOf } from "@/server/prices/price-of";
import { type MeteredKind, type PriceTier, priceTiers } from "@/server/prices/schema";
import { readLineItem } from "@/server/reconciliation/line-kinds";

/** A price, and the tiers that have it: "standard", where it is one of them, or "batch/flex". */
type Tiered = { tier: string; unitPrice: string };

/** What the price book says about a line of the bill on a day; US dollars for one unit, which is so many of what is counted. */
export type LinePrices = {
  kind: MeteredKind | null;
  /** Of what is counted in one unit of the list: a power of ten; null without a price. */
  per: number | null;
  /** Each price once; empty where the book has none. */
  tiers: readonly Tiered[];
  /** Long requests have another price, and the bill does not tell them apart. */
  isAmbiguous: boolean;
};

/** A quantity without a unit says nothing: both or neither. */
type Quantity = { quantity: string; unit: string } | { quantity: null; unit: null };

/** How a charge was priced, as far as the bill and the list tell. Decimal texts; money in the currency of the bill. */
export type Pricing = {
  /** As the bill counts. */
  counted: Quantity;
  /** As the list prices. */
  priced: Quantity;
  listUnitPrice: string | null;
  contractedUnitPrice: string | null;
  listCost: string;
  contractedCost: string;
  /** Whose list price times the quantity is the billed amount; null where none's is. */
  tier: string | null;
};

/** Multiplying by these is exact, which dividing by them need not be. */
const inverse: Record<number, string> = { 1: "1", 1_000: "0.001", 1_000_000: "0.000001" };

/** Minutes, of which a second is no finite decimal, are left out. Pure. */
export function linePricesOf({ lineItem, at }: Pick<CostFactRow, "lineItem" | "at">): LinePrices {
  const { model, kind } = readLineItem(lineItem, () => false);
  if (kind === null) return { kind, per: null, tiers: [], isAmbiguous: false };
  const day = toUtcDay(at);
  const prices = priceTiers.flatMap((tier) => {
    const price = priceOf({ model, kind, tier, day });
    return price.amount === null || !inverse[price.per] ? [] : [{ tier, ...price }];
  });
  const tiers = [...Map.groupBy(prices, ({ amount }) => amount)].map(([unitPrice, same]) => ({
    tier: nameOf(same.map(({ tier }) => tier)),
    unitPrice,
  }));
  const isAmbiguous = model !== null && findPricedModel(model)?.longContextAbove !== undefined;
  return { kind, per: prices[0]?.per ?? null, tiers, isAmbiguous };
}

const nameOf = (tiers: readonly PriceTier[]) => (tiers.includes("standard") ? "standard" : tiers.join("/"));

/**
 * The list price of a charge of usage, and the contracted one. The bill does not name tiers: where the list price of one
 * times the quantity is the billed amount, this is the price, and without a discount the contracted one, too. Else the list
 * price is the standard one, which discounts are taken off of, and what was agreed upon is not known. Pure.
 */
export function priceCharge(fact: CostFactRow, line: LinePrices): Pricing {
  const { amount } = fact;
  const counted = countedOf(fact, line.kind);
  const unpriced = {
    listUnitPrice: null,
    contractedUnitPrice: null,
    listCost: amount,
    contractedCost: amount,
    tier: null,
  };
  const asCounted = { counted, priced: counted, ...unpriced };
  const priced = isPriced(fact, line) ? inListUnits(counted, line.per) : null;
  if (!priced) return asCounted;
  const billed = line.tiers.find(({ unitPrice }) => isAbout(amount, Number(unitPrice) * Number(priced.quantity)));
  if (billed) {
    const { unitPrice, tier } = billed;
    const cost = multiplyDecimals(unitPrice, priced.quantity);
    const prices = { listUnitPrice: unitPrice, contractedUnitPrice: unitPrice };
    return { counted, priced, ...prices, listCost: cost, contractedCost: cost, tier };
  }
  const standard = line.tiers.find(({ tier }) => tier === "standard");
  if (!standard || line.isAmbiguous) return asCounted;
  const { unitPrice } = standard;
  return {
    counted,
    priced,
    ...unpriced,
    listUnitPrice: unitPrice,
    listCost: multiplyDecimals(unitPrice, priced.quantity),
  };
}

/** Money given back for nothing that was consumed is a credit; all else is usage, refunds among it. */
export const categoryOf = ({ amount, quantity }: CostFactRow): "Usage" | "Credit" =>
  amount.startsWith("-") && quantity === null ? "Credit" : "Usage";

const isPriced = (fact: CostFactRow, line: LinePrices) =>
  categoryOf(fact) === "Usage" && isDollars(fact) && countsSame(fact, line);

const isDollars = ({ currency }: CostFactRow) => (currency ?? "usd").toLowerCase() === "usd";

/** "1000000 Tokens": as the list names what it prices. Null where one of the two is not known. */
function inListUnits({ quantity, unit }: Quantity, per: number | null) {
  const scale = per === null ? undefined : inverse[per];
  if (quantity === null || scale === undefined) return null;
  return { quantity: multiplyDecimals(quantity, scale), unit: per === 1 ? unit : `${per} ${unit}` };
}

/** To nine digits, which is less than what floating point loses, the provider's and ours. What is written is exact. */
const isAbout = (amount: string, cost: number) => Math.abs(Number(amount) - cost) <= Math.abs(cost) * 1e-9;

/** What lines that name no unit count: their own names say it. */
const unitsByKind: Partial<Record<MeteredKind, string>> = {
  webSearchCalls: "calls",
  fileSearchCalls: "calls",
  sessions: "sessions",
};

/** Units in which the list prices what is no token. */
const pricedUnits: Partial<Record<MeteredKind, readonly string[]>> = {
  ...Object.fromEntries(Object.entries(unitsByKind).map(([kind, unit]) => [kind, [unit]])),
  characters: ["characters"],
};

/** Whether the bill counts what the list prices. */
function countsSame({ quantityUnit }: CostFactRow, { kind }: LinePrices): boolean {
  if (kind === null) return false;
  const unit = quantityUnit ?? unitsByKind[kind];
  return unit !== undefined && (pricedUnits[kind] ?? ["tokens"]).includes(unit);
}

function countedOf({ quantity, quantityUnit }: CostFactRow, kind: MeteredKind | null): Quantity {
  const unit = quantityUnit ?? (kind === null ? undefined : unitsByKind[kind]);
  return quantity === null || unit === undefined ? { quantity: null, unit: null } : { quantity, unit: unitOf(unit) };
}

/** Units whose names FOCUS prescribes; others are nouns that begin with a capital. */
const prescribed: Record<string, string> = {
  bytes: "B",
  gibibytes: "GiB",
  gibibyte_hours: "GiB-Hours",
  gibibyte_days: "GiB-Days",
  duration_seconds: "Seconds",
};

const unitOf = (unit: string) =>
  prescribed[unit] ?? unit.replaceAll("_", " ").replaceAll(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());
