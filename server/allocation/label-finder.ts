import type { Label } from "@/server/allocation/resolve";
import { itemKey } from "@/server/allocation/timeline-rows";
import type { UtcDay } from "@/server/lib/time";

/** Of a row of the bill, which names no person. */
export type LabelledRow = { day: UtcDay; apiKeyId: string | null; projectId: string | null };

/** What a row gets, as joinLabels says it to the database: the labels of its key, else of its project. Pure. */
export function labelFinder(labels: readonly Label[]): (row: LabelledRow) => readonly Label[] {
  const byItem = Map.groupBy(labels, itemKey);
  return ({ day, apiKeyId, projectId }) => {
    const on = (kind: string, itemId: string | null) =>
      (itemId === null ? undefined : byItem.get(itemKey({ kind, itemId })))?.filter(
        ({ from, to }) => from <= day && day < to,
      ) ?? [];
    const ofKey = on("api_key", apiKeyId);
    return ofKey.length > 0 ? ofKey : on("project", projectId);
  };
}
