import type { Money } from "../money";
import type { CostDimensions, CostEntry } from "./costs";

export const costGroupings = ["project_id", "line_item", "api_key_id", "user_id", "api_source"] as const;
export type CostGrouping = (typeof costGroupings)[number];

export interface CostGroup {
  dimensions: CostDimensions;
  value: Money;
  quantity: number;
}

/** Adds the entries of day after day up by their grouped fields; money of two currencies is never added. */
export class CostGrouper {
  private readonly byDimensions = new Map<CostDimensions, number>();
  private readonly byName = new Map<string, number>();
  private readonly representatives: CostDimensions[] = [];

  constructor(private readonly groupBy: readonly CostGrouping[]) {}

  /** The groups of one day, in order of first appearance. Each group keeps its `dimensions` object over all days. */
  group(entries: readonly CostEntry[]): CostGroup[] {
    const values: (Money | undefined)[] = [];
    const quantities: number[] = [];
    const order: number[] = [];
    for (const { dimensions, value, quantity } of entries) {
      const index = this.byDimensions.get(dimensions) ?? this.place(dimensions);
      const sum = values[index];
      if (sum === undefined) {
        order.push(index);
        values[index] = value;
        quantities[index] = quantity;
      } else {
        values[index] = sum + value;
        quantities[index] = (quantities[index] ?? 0) + quantity;
      }
    }
    return order.flatMap((index) => {
      const dimensions = this.representatives[index];
      return dimensions ? [{ dimensions, value: values[index] ?? 0n, quantity: quantities[index] ?? 0 }] : [];
    });
  }

  private place(dimensions: CostDimensions): number {
    const name = JSON.stringify([dimensions.currency, ...this.groupBy.map((field) => dimensions[field])]);
    let index = this.byName.get(name);
    if (index === undefined) {
      index = this.representatives.push(dimensions) - 1;
      this.byName.set(name, index);
    }
    this.byDimensions.set(dimensions, index);
    return index;
  }
}
