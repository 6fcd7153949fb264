"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { hasKey } from "@/components/lib/has-key";
import type { ExploreGroup, ExploreLabel } from "@/server/explore/schema";

/** How groups and the values of filters are called where only text fits. */
export function useExploreWords() {
  const t = useTranslations("explore");
  const charts = useTranslations("charts");
  const streams = useTranslations("sync.stream");
  return useMemo(() => {
    const label = ({ dimension, key, name }: Pick<ExploreLabel, "dimension" | "key" | "name">): string => {
      if (key === null) return t(`nobody.${dimension}`);
      if (dimension === "batch") return t(key === "true" ? "batch.yes" : "batch.no");
      if (dimension === "endpoint") {
        const list = `usage_${key}`;
        return hasKey(streams, list) ? streams(list) : key;
      }
      return name || key;
    };
    const group = ({ kind, labels }: Pick<ExploreGroup, "kind" | "labels">): string => {
      if (kind === "other") return charts("other");
      if (labels.length === 0) return charts("total");
      const isNobody = kind === "unattributed" && labels.length > 1;
      return isNobody ? t("unattributed") : labels.map(label).join(" · ");
    };
    return { label, group };
  }, [t, charts, streams]);
}
