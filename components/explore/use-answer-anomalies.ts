"use client";

import { useMemo } from "react";
import { useAnomalies } from "@/components/anomalies/use-anomalies";
import type { Anomaly } from "@/server/anomalies/schema";
import type { ExploreFilter } from "@/server/explore/constants";
import type { ExploreResult } from "@/server/explore/schema";

/** What stands out of what the filters leave: all, or that very member. Of hours nothing does: they are no whole days. */
export function useAnswerAnomalies({ query }: ExploreResult): readonly Anomaly[] {
  const { measure, granularity, range, filters } = query;
  const isWanted = measure === "cost" && granularity !== "hour";
  const anomalies = useAnomalies(range, { isWanted });
  return useMemo(
    () => (isWanted ? anomalies.filter((anomaly) => filters.every((filter) => isAbout(anomaly, filter))) : []),
    [isWanted, anomalies, filters],
  );
}

const isAbout = ({ causes }: Anomaly, filter: ExploreFilter) =>
  filter.op === "in" &&
  causes.some(({ label }) => label.dimension === filter.dimension && filter.values.includes(label.key));
