import { secondsPerDay } from "../clock";
import { type Money, parseMoney, scaleMoney } from "../money";
import type { Organization } from "../org/types";
import type { CostDimensions, CostEntry } from "./costs";
import { mix, unit } from "./hash";
import type { Restatement } from "./restatements";

/** Lines that belong to no call: fine-tuning, support corrections and credits (negative). */
export function extraEntries(org: Organization, day: number): CostEntry[] {
  if (org.series.length === 0) return [];
  const entries: CostEntry[] = [];
  const dayOfMonth = new Date(day * secondsPerDay * 1000).getUTCDate();
  const roll = unit(mix(org.seed, day * 31 + 7));
  const project = org.projects[2 % org.projects.length]?.id ?? null;
  if (dayOfMonth === 1) entries.push(unowned(null, "Promotional credit", parseMoney("-25.5")));
  if (dayOfMonth === 17 && roll > 0.3) {
    const value = -scaleMoney(parseMoney("61.803398874989484820458683436563"), roll.toFixed(6));
    entries.push(unowned(project, "Service credit, incident refund", value));
  }
  if (roll < 0.08) {
    const tokens = 1_000_000 + Math.floor(roll * 400_000_000);
    const entry = unowned(project, "Fine-tuning models", BigInt(tokens) * parseMoney("0.000003"));
    entries.push({ ...entry, dimensions: { ...entry.dimensions, unit: "tokens" }, quantity: tokens });
  }
  return entries;
}

/** A small amount in another currency, for the switch that asks for it. */
export function foreignEntry(org: Organization): CostEntry {
  const entry = unowned(org.projects[0]?.id ?? null, "Reseller surcharge", parseMoney("3.21"));
  return { ...entry, dimensions: { ...entry.dimensions, currency: "eur" } };
}

function unowned(projectId: string | null, lineItem: string, value: Money): CostEntry {
  const nobody = { user_id: null, api_key_id: null, api_source: null, currency: "usd", unit: null };
  return { dimensions: { project_id: projectId, line_item: lineItem, ...nobody }, value, quantity: 1 };
}

/** Applies the later corrections of the day, in the order they were made. */
export function restateEntries(org: Organization, day: number, entries: CostEntry[]): CostEntry[] {
  let result = entries;
  for (const item of org.restatements) {
    // A correction of usage moves the costs by itself, because they are priced from it.
    if (item.day !== day || item.target !== "costs") continue;
    const { factor, delta } = item;
    if (item.remove) result = result.filter((entry) => !concerns(item, entry.dimensions));
    if (factor !== null)
      result = result.map((entry) => (concerns(item, entry.dimensions) ? scaled(entry, factor) : entry));
    if (delta !== null) result = [...result, correction(item, delta)];
  }
  return result;
}

function concerns(item: Restatement, dimensions: CostDimensions): boolean {
  return (
    (item.projectId === null || item.projectId === dimensions.project_id) &&
    (item.apiKeyId === null || item.apiKeyId === dimensions.api_key_id) &&
    (item.lineItem === null || item.lineItem === dimensions.line_item)
  );
}

function scaled(entry: CostEntry, factor: string): CostEntry {
  return { ...entry, value: scaleMoney(entry.value, factor), quantity: Math.round(entry.quantity * Number(factor)) };
}

function correction(item: Restatement, delta: string): CostEntry {
  const entry = unowned(item.projectId, item.lineItem ?? "Billing adjustment", parseMoney(delta));
  return { ...entry, dimensions: { ...entry.dimensions, api_key_id: item.apiKeyId } };
}
