import { categoryOf, type Pricing } from "@/server/exports/focus-price";
import type { CostFactRow, ListedStream } from "@/server/exports/read-facts.sql";
import { type Cell, decimal, type ExportColumn, text } from "@/server/exports/table";

// FOCUS 1.2, "Cost and Usage": https://focus.finops.org/focus-specification/v1-2/

export const FOCUS_VERSION = "1.2";

/** A charge, the names of what it belongs to, what the organization says about it on its day, and its price. */
export type Charge = {
  fact: CostFactRow;
  stream: ListedStream;
  projectName: string | null;
  apiKeyName: string | null;
  tags: Readonly<Record<string, string>> | null;
  /** Shares by name, above 0 and at most 1 together; what they lack is nobody's. */
  costCenters: Readonly<Record<string, string>> | null;
  pricing: Pricing;
};

type FocusColumn = ExportColumn & { value: (charge: Charge) => Cell };

/** Every mandatory column and those of the others that the provider gives something for; our own ones last. */
const focusColumns: readonly FocusColumn[] = [
  { ...decimal("BilledCost"), value: ({ fact }) => fact.amount },
  { ...text("BillingAccountId"), value: ({ stream }) => stream.openaiOrgId },
  { ...text("BillingAccountName"), value: ({ stream }) => stream.openaiOrgName },
  { ...text("BillingCurrency"), value: ({ fact }) => (fact.currency ?? "usd").toUpperCase() },
  { ...at("BillingPeriodEnd"), value: ({ fact }) => monthStart(fact.at, 1) },
  { ...at("BillingPeriodStart"), value: ({ fact }) => monthStart(fact.at, 0) },
  { ...text("ChargeCategory"), value: ({ fact }) => categoryOf(fact) },
  { ...text("ChargeClass"), value: () => null },
  { ...text("ChargeDescription"), value: ({ fact }) => fact.lineItem },
  {
    ...text("ChargeFrequency"),
    value: ({ fact }) => (categoryOf(fact) === "Usage" ? "Usage-Based" : "One-Time"),
  },
  { ...at("ChargePeriodEnd"), value: ({ fact }) => instantOf(fact.at.getTime() + DAY_MS) },
  { ...at("ChargePeriodStart"), value: ({ fact }) => instantOf(fact.at.getTime()) },
  { ...decimal("ConsumedQuantity"), value: (charge) => consumed(charge).quantity },
  { ...text("ConsumedUnit"), value: (charge) => consumed(charge).unit },
  { ...decimal("ContractedCost"), value: ({ pricing }) => pricing.contractedCost },
  { ...decimal("ContractedUnitPrice"), value: ({ pricing }) => pricing.contractedUnitPrice },
  { ...decimal("EffectiveCost"), value: ({ fact }) => fact.amount },
  { ...text("InvoiceIssuerName"), value: () => PROVIDER },
  { ...decimal("ListCost"), value: ({ pricing }) => pricing.listCost },
  { ...decimal("ListUnitPrice"), value: ({ pricing }) => pricing.listUnitPrice },
  { ...decimal("PricingQuantity"), value: ({ pricing }) => pricing.priced.quantity },
  { ...text("PricingUnit"), value: ({ pricing }) => pricing.priced.unit },
  { ...text("ProviderName"), value: () => PROVIDER },
  { ...text("PublisherName"), value: () => PROVIDER },
  { ...text("ResourceId"), value: ({ fact }) => fact.apiKeyId },
  { ...text("ResourceName"), value: ({ apiKeyName }) => apiKeyName },
  { ...text("ResourceType"), value: ({ fact }) => (fact.apiKeyId === null ? null : "API Key") },
  { ...text("ServiceCategory"), value: () => "AI and Machine Learning" },
  { ...text("ServiceName"), value: () => "OpenAI API" },
  { ...text("ServiceSubcategory"), value: () => "Generative AI" },
  { ...text("SkuId"), value: ({ fact }) => fact.lineItem },
  { ...text("SkuMeter"), value: ({ fact }) => meterOf(fact) },
  { ...object("SkuPriceDetails"), value: priceDetails },
  { ...text("SkuPriceId"), value: priceIdOf },
  { ...text("SubAccountId"), value: ({ fact }) => fact.projectId },
  // Must not be null beside an id: a project that the directory never named goes by its id.
  { ...text("SubAccountName"), value: ({ fact, projectName }) => projectName ?? fact.projectId },
  { ...object("Tags"), value: ({ tags }) => tags },
  { ...text("x_ConnectionName"), value: ({ stream }) => stream.connectionName },
  { ...object("x_CostCenters"), value: ({ costCenters }) => costCenters },
  { ...text("x_Model"), value: ({ fact }) => fact.model },
];

export const focusHeader: readonly ExportColumn[] = focusColumns.map(({ name, kind }) => ({ name, kind }));

/** Pure. */
export const toFocusRow = (charge: Charge): Cell[] => focusColumns.map(({ value }) => value(charge));

function object(name: string): ExportColumn {
  return { name, kind: "object" };
}

const PROVIDER = "OpenAI";
const DAY_MS = 86_400_000;

function at(name: string): ExportColumn {
  return { name, kind: "instant" };
}

const instantOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The provider bills by calendar month, UTC. */
const monthStart = (day: Date, monthsLater: number) =>
  instantOf(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + monthsLater, 1));

/** Nothing is consumed by what is given back. */
const consumed = ({ fact, pricing }: Charge) =>
  categoryOf(fact) === "Usage" ? pricing.counted : { quantity: null, unit: null };

/** Other tiers than the standard one have prices of their own. */
const ownTier = ({ pricing: { tier } }: Charge) => (tier === "standard" ? null : tier);

function priceIdOf(charge: Charge): string | null {
  const { lineItem } = charge.fact;
  const tier = ownTier(charge);
  return lineItem === null || tier === null ? lineItem : `${lineItem}, ${tier}`;
}

/** What tells one price from another; keys that FOCUS does not define begin with x_. */
function priceDetails(charge: Charge): Cell {
  const { lineItem, model } = charge.fact;
  if (lineItem === null || model === null) return null;
  const tier = ownTier(charge);
  return { x_Model: model, ...(tier !== null && { x_ServiceTier: tier }) };
}

/** What of a model was billed: "input_tokens" of "gpt-6-astra, input_tokens". */
function meterOf({ lineItem, model }: CostFactRow): string | null {
  return lineItem !== null && model !== null ? lineItem.slice(model.length + ", ".length) : lineItem;
}
