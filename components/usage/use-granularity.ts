"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import type { Granularity } from "@/components/lib/format-date";
import { usualGranularity } from "@/components/usage/bucket-days";

const granularities = ["day", "week", "month"] as const satisfies Granularity[];

/** Day, week or month: chosen in the address, else what the length of the range calls for. */
export function useGranularity(dayCount: number) {
  const [chosen, setChosen] = useQueryState(
    "by",
    parseAsStringLiteral(granularities).withOptions({ history: "replace" }),
  );
  const usual = usualGranularity(dayCount);
  return {
    granularity: chosen ?? usual,
    granularities,
    setGranularity: (next: Granularity) => void setChosen(next === usual ? null : next),
  };
}
