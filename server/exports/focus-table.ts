import type { OrgScope } from "@/server/auth/scope";
import { ChargeLabels } from "@/server/exports/charge-labels";
import { categoryOf, type LinePrices, linePricesOf, priceCharge } from "@/server/exports/focus-price";
import { type Charge, FOCUS_VERSION, focusHeader, toFocusRow } from "@/server/exports/focus-row";
import { Names } from "@/server/exports/names";
import { type CostFactRow, listedStreams, readCostFacts } from "@/server/exports/read-facts.sql";
import type { ExportTable } from "@/server/exports/table";
import type { DayRange } from "@/server/usage/schema";

/** The facts of the invoice as FOCUS describes charges. The remarks count what neither the provider nor its list told. */
export function focusTable(scope: OrgScope, range: DayRange): ExportTable {
  const untold = { quantity: 0, sku: 0, listPrice: 0, contractedPrice: 0 };
  async function* pages() {
    const names = new Names(scope);
    const labels = new ChargeLabels(scope, range);
    const pricesOf = rememberedPrices();
    for (const stream of await listedStreams(scope, "costs.project")) {
      for await (const facts of readCostFacts(scope, stream, range)) {
        await names.learn(facts);
        await labels.learn(facts);
        yield facts.map((fact) => {
          const pricing = priceCharge(fact, pricesOf(fact));
          const charge = { fact, stream, ...namesOf(fact, names), ...labels.of(fact), pricing };
          note(untold, charge);
          return toFocusRow(charge);
        });
      }
    }
  }
  return {
    columns: focusHeader,
    pages: pages(),
    money: { amount: "BilledCost", currency: "BillingCurrency" },
    remarks: () => ({
      focus_version: FOCUS_VERSION,
      usage_rows_without_quantity: untold.quantity,
      usage_rows_without_sku: untold.sku,
      usage_rows_without_unit_price: untold.listPrice,
      usage_rows_without_contracted_unit_price: untold.contractedPrice,
    }),
  };
}

/** Facts come by day, and a day has few lines: each is looked up once. */
function rememberedPrices(): (fact: CostFactRow) => LinePrices {
  const known = new Map<string | null, LinePrices>();
  let day = Number.NaN;
  return (fact) => {
    if (fact.at.getTime() !== day) known.clear();
    day = fact.at.getTime();
    const prices = known.get(fact.lineItem) ?? linePricesOf(fact);
    known.set(fact.lineItem, prices);
    return prices;
  };
}

const namesOf = ({ projectId, apiKeyId }: CostFactRow, names: Names): Pick<Charge, "projectName" | "apiKeyName"> => ({
  projectName: names.of("project", projectId),
  apiKeyName: names.of("api_key", apiKeyId),
});

type Untold = { quantity: number; sku: number; listPrice: number; contractedPrice: number };

/** FOCUS wants a quantity and prices for all usage. We do not make them up where nobody gave any. */
function note(untold: Untold, { fact, pricing }: Charge) {
  if (categoryOf(fact) !== "Usage") return;
  if (pricing.priced.quantity === null) untold.quantity += 1;
  if (fact.lineItem === null) untold.sku += 1;
  if (pricing.listUnitPrice === null) untold.listPrice += 1;
  if (pricing.contractedUnitPrice === null) untold.contractedPrice += 1;
}
