"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useExploreWords } from "@/components/explore/use-explore-words";
import type { Anomaly } from "@/server/anomalies/schema";

/** How anomalies are called where only text fits. */
export function useAnomalyWords() {
  const t = useTranslations("anomalies");
  const words = useExploreWords();
  return useMemo(
    () => ({
      name: ({ label }: Pick<Anomaly, "label">): string => (label ? words.label(label) : t("allSpend")),
      label: words.label,
    }),
    [t, words],
  );
}
