import { precedence } from "@/server/allocation/labels.sql";
import type { Label } from "@/server/allocation/resolve";
import type { UtcDay } from "@/server/lib/time";

/** A row's day and the items that it names: the bill's name no person. */
export type LabelledRow = { day: UtcDay } & { [Kind in (typeof precedence)[number]]?: string | null };

/**
 * What a row gets, as joinLabels says it to the database: the labels of its key, else of its person, else of its project.
 * Rows should come by day: what holds on a day is looked up for all of its rows. Pure.
 */
export function labelFinder(labels: readonly Label[]): (row: LabelledRow) => readonly Label[] {
  let known: { day: UtcDay; byItem: ReturnType<typeof labelsByItem> } | null = null;
  return ({ day, ...items }) => {
    if (known?.day !== day) known = { day, byItem: labelsByItem(labels, day) };
    for (const { kind, own } of known.byItem) {
      const found = own.get(items[kind] ?? "");
      if (found) return found;
    }
    return none;
  };
}

const labelsByItem = (labels: readonly Label[], day: UtcDay) => {
  const byKind = Map.groupBy(
    labels.filter(({ from, to }) => from <= day && day < to),
    ({ kind }) => kind,
  );
  return precedence.map((kind) => ({ kind, own: Map.groupBy(byKind.get(kind) ?? [], ({ itemId }) => itemId) }));
};

const none: readonly Label[] = [];
