import type { OrgScope } from "@/server/auth/scope";
import { type Charge, chargesBy, type MarkupDays } from "@/server/allocation/charges.sql";
import { costCenterLabels } from "@/server/allocation/cost-center-labels";
import { listCostCenters } from "@/server/allocation/cost-centers";
import type { CostCenter } from "@/server/allocation/schema";
import { intervalsWithin } from "@/server/allocation/timeline";
import type { Chargeback, ChargebackInput, ChargebackLine } from "@/server/chargeback/schema";
import { compareDecimals, ratio, subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { coverageOf } from "@/server/usage/coverage";
import { describeMembers } from "@/server/usage/members";
import { modelOfLineItem } from "@/server/usage/normalise";
import type { DayRange, Member } from "@/server/usage/schema";

/** What each cost center is charged for a UTC month. What is billed ties to the month's total to the last digit. */
export async function getChargeback(
  scope: OrgScope,
  { month }: ChargebackInput,
  now = new Date(),
): Promise<Chargeback> {
  const range = rangeOf(month);
  const coverage = await coverageOf(scope, { streams: ["costs.project"], range, now });
  const centers = await listCostCenters(scope);
  const markups = centers.flatMap((center) => markupDays(center, range));
  const labels = await costCenterLabels(scope, range);
  const charges = await chargesBy(scope, "project", { range, labels, markups });
  const items = await chargesBy(scope, "line_item", { range, labels, markups });
  const describe = await describeMembers(scope, "project", [...new Set(charges.map(({ part }) => part))]);
  const isKnown = charges.length > 0 || coverage.costs["costs.project"].some(range);
  const total = sumAmounts(charges);
  const byCenter = Map.groupBy(charges, ({ costCenterId }) => costCenterId);
  const itemsByCenter = Map.groupBy(items, ({ costCenterId }) => costCenterId);
  const lineOf = (costCenterId: string): Omit<ChargebackLine, "costCenter"> => {
    const own = byCenter.get(costCenterId) ?? [];
    const sum = sumAmounts(own);
    return {
      ...sum,
      share: ratio(sum.billed, total.billed),
      markups: markups.filter((one) => one.costCenterId === costCenterId).map(({ percent }) => percent),
      projects: projectsOf(own, describe),
      lineItems: lineItemsOf(itemsByCenter.get(costCenterId) ?? []),
    };
  };
  const unallocated = byCenter.has("") ? [{ costCenter: null, ...lineOf("") }] : [];
  const named = centers.map(({ id, name, code }) => ({ costCenter: { id, name, code }, ...lineOf(id) }));
  return {
    month,
    range,
    isOpen: range.to > toUtcDay(now),
    lines: isKnown ? [...named, ...unallocated] : [],
    totals: isKnown ? total : null,
    freshness: coverage.freshness,
  };
}

function rangeOf(month: string): DayRange {
  const from = `${month}-01`;
  return { from, to: `${addUtcDays(from, 31).slice(0, 7)}-01` };
}

const markupDays = ({ id, markups }: CostCenter, range: DayRange): MarkupDays[] =>
  intervalsWithin(
    markups.map(({ from, percent }) => ({ fromDay: from, value: percent })),
    range,
  )
    .filter(({ value }) => compareDecimals(value, "0") !== 0)
    .map(({ from, to, value }) => ({ costCenterId: id, from, to, percent: value }));

function sumAmounts(charges: readonly Charge[]) {
  const sum = (column: "billed" | "shared" | "shown") => sumDecimals(charges.map((charge) => charge[column]));
  const [billed, shown] = [sum("billed"), sum("shown")];
  return { billed, shared: sum("shared"), adjustment: subtractDecimals(shown, billed), shown };
}

const largestFirst = (charges: readonly Charge[]) =>
  charges.toSorted((a, b) => compareDecimals(b.billed, a.billed) || (a.part < b.part ? -1 : 1));

const projectsOf = (charges: readonly Charge[], describe: (key: string) => Member): ChargebackLine["projects"] =>
  largestFirst(charges).map((charge) => ({ member: describe(charge.part), ...sumAmounts([charge]) }));

const lineItemsOf = (charges: readonly Charge[]): ChargebackLine["lineItems"] =>
  largestFirst(charges).map((charge) => {
    const lineItem = charge.part || null;
    return { lineItem, model: modelOfLineItem(lineItem), ...sumAmounts([charge]) };
  });
