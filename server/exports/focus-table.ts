import type { OrgScope } from "@/server/auth/scope";
import { type Charge, categoryOf, FOCUS_VERSION, focusHeader, measured, toFocusRow } from "@/server/exports/focus-row";
import { Names } from "@/server/exports/names";
import { type CostFactRow, listedStreams, readCostFacts } from "@/server/exports/read-facts.sql";
import type { ExportTable } from "@/server/exports/table";
import type { DayRange } from "@/server/usage/schema";

/** The facts of the invoice as FOCUS describes charges. The remarks count what the provider did not tell. */
export function focusTable(scope: OrgScope, range: DayRange): ExportTable {
  const untold = { quantity: 0, sku: 0, price: 0 };
  async function* pages() {
    const names = new Names(scope);
    for (const stream of await listedStreams(scope, "costs.project")) {
      for await (const facts of readCostFacts(scope, stream, range)) {
        await names.learn(facts);
        yield facts.map((fact) => {
          note(untold, fact);
          return toFocusRow({ fact, stream, ...namesOf(fact, names) });
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
      usage_rows_without_unit_price: untold.price,
    }),
  };
}

const namesOf = ({ projectId, apiKeyId }: CostFactRow, names: Names): Pick<Charge, "projectName" | "apiKeyName"> => ({
  projectName: names.of("project", projectId),
  apiKeyName: names.of("api_key", apiKeyId),
});

/** FOCUS wants a quantity and a price for all usage. We do not make one up where the provider gave none. */
function note(untold: { quantity: number; sku: number; price: number }, fact: CostFactRow) {
  if (categoryOf(fact) !== "Usage") return;
  untold.price += 1;
  if (measured(fact).quantity === null) untold.quantity += 1;
  if (fact.lineItem === null) untold.sku += 1;
}
