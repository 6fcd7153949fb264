import type { CostFactRow, ListedStream } from "@/server/exports/read-facts.sql";
import { type Cell, decimal, type ExportColumn, text } from "@/server/exports/table";

// FOCUS 1.2, "Cost and Usage": https://focus.finops.org/focus-specification/v1-2/

export const FOCUS_VERSION = "1.2";

/** A charge, and the directory's names of what it belongs to. */
export type Charge = { fact: CostFactRow; stream: ListedStream; projectName: string | null; apiKeyName: string | null };

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
  {
    ...decimal("ConsumedQuantity"),
    value: ({ fact }) => (categoryOf(fact) === "Usage" ? measured(fact).quantity : null),
  },
  { ...text("ConsumedUnit"), value: ({ fact }) => (categoryOf(fact) === "Usage" ? measured(fact).unit : null) },
  // The provider tells what it bills, and neither list nor contract prices: all four costs are the billed one, and a unit
  // price made of cost and quantity would be no price of any list.
  { ...decimal("ContractedCost"), value: ({ fact }) => fact.amount },
  { ...decimal("ContractedUnitPrice"), value: () => null },
  { ...decimal("EffectiveCost"), value: ({ fact }) => fact.amount },
  { ...text("InvoiceIssuerName"), value: () => PROVIDER },
  { ...decimal("ListCost"), value: ({ fact }) => fact.amount },
  { ...decimal("ListUnitPrice"), value: () => null },
  { ...decimal("PricingQuantity"), value: ({ fact }) => measured(fact).quantity },
  { ...text("PricingUnit"), value: ({ fact }) => measured(fact).unit },
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
  { ...object("SkuPriceDetails"), value: ({ fact }) => priceDetails(fact) },
  { ...text("SkuPriceId"), value: ({ fact }) => fact.lineItem },
  { ...text("SubAccountId"), value: ({ fact }) => fact.projectId },
  // Must not be null beside an id: a project that the directory never named goes by its id.
  { ...text("SubAccountName"), value: ({ fact, projectName }) => projectName ?? fact.projectId },
  { ...object("Tags"), value: () => null },
  { ...text("x_ConnectionName"), value: ({ stream }) => stream.connectionName },
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

/** Money given back for nothing that was consumed is a credit; all else is usage, refunds among it. */
export const categoryOf = ({ amount, quantity }: CostFactRow): "Usage" | "Credit" =>
  amount.startsWith("-") && quantity === null ? "Credit" : "Usage";

/** A quantity without a unit says nothing: both or neither. */
export function measured({ quantity, quantityUnit }: CostFactRow): { quantity: string | null; unit: string | null } {
  return quantity === null || quantityUnit === null
    ? { quantity: null, unit: null }
    : { quantity, unit: unitOf(quantityUnit) };
}

/** Units whose names FOCUS prescribes; others are nouns that begin with a capital. */
const prescribed: Record<string, string> = {
  bytes: "B",
  gibibytes: "GiB",
  gibibyte_hours: "GiB-Hours",
  gibibyte_days: "GiB-Days",
};

const unitOf = (unit: string) =>
  prescribed[unit] ?? unit.replaceAll("_", " ").replaceAll(/(^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase());

/** What tells one price from another; keys that FOCUS does not define begin with x_. */
const priceDetails = ({ lineItem, model }: CostFactRow): Cell =>
  lineItem === null || model === null ? null : { x_Model: model };

/** What of a model was billed: "input_tokens" of "gpt-6-astra, input_tokens". */
function meterOf({ lineItem, model }: CostFactRow): string | null {
  return lineItem !== null && model !== null ? lineItem.slice(model.length + ", ".length) : lineItem;
}
