import { secondsPerDay } from "../clock";
import { parseMoney, scaleMoney } from "../money";
import type { Organization } from "../org/types";
import type { CostEntry } from "./costs";
import { mix, unit } from "./hash";
import type { Restatement } from "./restatements";

/** Lines that belong to no call: fine-tuning, support corrections and credits (negative). */
export function extraEntries(org: Organization, day: number): CostEntry[] {
  if (org.series.length === 0) return [];
  const entries: CostEntry[] = [];
  const dayOfMonth = new Date(day * secondsPerDay * 1000).getUTCDate();
  const roll = unit(mix(org.seed, day * 31 + 7));
  const project = org.projects[2 % org.projects.length]?.id ?? null;
  const unowned = { user_id: null, api_key_id: null, api_source: null, currency: "usd" };
  if (dayOfMonth === 1) {
    entries.push({
      ...unowned,
      project_id: null,
      line_item: "Promotional credit",
      value: parseMoney("-25.5"),
      quantity: 1,
      unit: null,
    });
  }
  if (dayOfMonth === 17 && roll > 0.3) {
    const value = -scaleMoney(parseMoney("61.803398874989484820458683436563"), roll.toFixed(6));
    entries.push({
      ...unowned,
      project_id: project,
      line_item: "Service credit, incident refund",
      value,
      quantity: 1,
      unit: null,
    });
  }
  if (roll < 0.08) {
    const tokens = 1_000_000 + Math.floor(roll * 400_000_000);
    const value = BigInt(tokens) * parseMoney("0.000003");
    entries.push({
      ...unowned,
      project_id: project,
      line_item: "Fine-tuning models",
      value,
      quantity: tokens,
      unit: "tokens",
    });
  }
  return entries;
}

/** Applies the later corrections of the day, in the order they were made. */
export function restateEntries(org: Organization, day: number, entries: CostEntry[]): CostEntry[] {
  let result = entries;
  for (const item of org.restatements) {
    // A correction of usage moves the costs by itself, because they are priced from it.
    if (item.day !== day || item.target !== "costs") continue;
    if (item.remove) result = result.filter((entry) => !concerns(item, entry));
    if (item.factor !== null)
      result = result.map((entry) => (concerns(item, entry) ? scaled(entry, item.factor ?? "1") : entry));
    if (item.delta !== null) result = [...result, correction(item, item.delta)];
  }
  return result;
}

function concerns(item: Restatement, entry: CostEntry): boolean {
  return (
    (item.projectId === null || item.projectId === entry.project_id) &&
    (item.apiKeyId === null || item.apiKeyId === entry.api_key_id) &&
    (item.lineItem === null || item.lineItem === entry.line_item)
  );
}

function scaled(entry: CostEntry, factor: string): CostEntry {
  return { ...entry, value: scaleMoney(entry.value, factor), quantity: Math.round(entry.quantity * Number(factor)) };
}

function correction(item: Restatement, delta: string): CostEntry {
  return {
    project_id: item.projectId,
    user_id: null,
    api_key_id: item.apiKeyId,
    line_item: item.lineItem ?? "Billing adjustment",
    api_source: null,
    value: parseMoney(delta),
    currency: "usd",
    quantity: 1,
    unit: null,
  };
}
