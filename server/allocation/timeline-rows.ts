import type { Entry } from "@/server/allocation/timeline";
import { type ItemKind, itemKinds } from "@/server/directory/schema";
import { toUtcDay } from "@/server/lib/time";

type Item = { kind: string; itemId: string };

/** How an item is found in maps. */
export const itemKey = ({ kind, itemId }: Item) => `${kind} ${itemId}`;

export type ItemTimeline<T> = { kind: ItemKind; itemId: string; timeline: Entry<T>[] };

/** Rows of the database as a timeline per item, by its itemKey. Rows come by day. */
export function timelinesOf<R extends Item & { fromDay: Date }, T>(rows: readonly R[], valueOf: (row: R) => T | null) {
  const timelines = new Map<string, ItemTimeline<T>>();
  for (const row of rows) {
    const found = timelines.get(itemKey(row)) ?? { kind: kindOf(row), itemId: row.itemId, timeline: [] };
    found.timeline.push({ fromDay: toUtcDay(row.fromDay), value: valueOf(row) });
    timelines.set(itemKey(row), found);
  }
  return timelines;
}

function kindOf({ kind }: Item): ItemKind {
  const known = itemKinds.find((candidate) => candidate === kind);
  if (!known) throw new Error(`no such kind of item: ${kind}`);
  return known;
}
