"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";

/** Headings of the counts, the same in every table. */
export function useUsageWords() {
  const t = useTranslations("usage.columns");
  return useMemo(
    () => ({
      requests: t("requests"),
      inputTokens: t("inputTokens"),
      inputCachedTokens: t("inputCachedTokens"),
      outputTokens: t("outputTokens"),
    }),
    [t],
  );
}
