import type { OrgScope } from "@/server/auth/scope";
import { assignedRules } from "@/server/allocation/assigned";
import { chargedByDay } from "@/server/allocation/charges.sql";
import { type ChargedByDay, type Label, labelsOfRules } from "@/server/allocation/resolve";
import type { DayRange } from "@/server/usage/schema";

const nothingCharged: ChargedByDay = new Map();

/**
 * Which cost centers bear what on the days of a range. Proportional rules go by what fixed ones charge on the same day: so a
 * day's parts depend on that day alone, and the days of a month add up to the month.
 */
export async function costCenterLabels(scope: OrgScope, range: DayRange): Promise<Label[]> {
  const rules = await assignedRules(scope);
  const isShared = rules.some(({ timeline }) => timeline.some(({ value }) => value?.method === "proportional"));
  if (!isShared) return labelsOfRules(rules, range, nothingCharged);
  // Without anything charged, proportional rules leave everything to nobody: what is left is charged by fixed ones.
  const rows = await chargedByDay(scope, range, labelsOfRules(rules, range, nothingCharged));
  const named = rows.filter(({ key }) => key !== "").map(({ day, key, amount }) => ({ day, key, weight: amount }));
  const ordered = named.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return labelsOfRules(
    rules,
    range,
    Map.groupBy(ordered, ({ day }) => day),
  );
}
