import type { Chargeback } from "@/server/chargeback/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

/** A month's report for programs. Its names are a promise to scripts: never rename, only add. Amounts are decimal texts. */
export const chargebackToJson = ({ month, isOpen, lines, totals, freshness }: Chargeback): JsonValue => ({
  month,
  currency: "usd",
  open: isOpen,
  as_of: freshness.asOf,
  missing: freshness.missing,
  total: totals && amountsToJson(totals),
  cost_centers: lines.map((line) => ({
    id: line.costCenter?.id ?? null,
    name: line.costCenter?.name ?? null,
    code: line.costCenter?.code ?? null,
    markups: line.markups,
    ...amountsToJson(line),
    projects: line.projects.map(({ member, ...amounts }) => ({
      id: member.key,
      name: member.name,
      ...amountsToJson(amounts),
    })),
    line_items: line.lineItems.map(({ lineItem, model, ...amounts }) => ({
      line_item: lineItem,
      model,
      ...amountsToJson(amounts),
    })),
  })),
});

type Amounts = NonNullable<Chargeback["totals"]>;

const amountsToJson = ({ billed, shared, adjustment, shown }: Amounts) => ({
  billed,
  of_which_shared: shared,
  adjustment,
  charged: shown,
});
