import type { DataColumn } from "@/components/tables/types";
import { countText } from "@/components/usage/count-text";
import type { UsageCounts } from "@/server/usage/schema";

type Words = Record<"requests" | "inputTokens" | "inputCachedTokens" | "outputTokens", string>;

const measures = ["requests", "inputTokens", "inputCachedTokens", "outputTokens"] as const;

/** The four counts of a row, with the server's own totals below. */
export function usageColumns<TRow extends { usage: UsageCounts }>(
  words: Words,
  totals: UsageCounts,
): DataColumn<TRow>[] {
  return measures.map((measure) => ({
    id: measure,
    header: words[measure],
    kind: "count",
    width: measure === "requests" ? 108 : 96,
    value: (row) => row.usage[measure],
    total: countText(totals[measure]),
  }));
}
