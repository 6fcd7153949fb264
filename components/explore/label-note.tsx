"use client";

import { InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ExploreResult } from "@/server/explore/schema";

/** What is to be known about dimensions that the organization defines itself, and about what the provider does not tell. */
export function LabelNote({ result: { query } }: { result: ExploreResult }) {
  const t = useTranslations("explore");
  const used = [...query.groupBy, ...query.filters.map(({ dimension }) => dimension)];
  const notes = [
    ...(query.measure.startsWith("output") ? [t("reasoning")] : []),
    ...(used.includes("cost_center") ? [t("costCenterNote")] : []),
    ...(used.includes("tag") ? [t("tagNote")] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <p className="flex items-start gap-2 px-1 text-13 text-pretty text-muted-foreground">
      <InfoIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{notes.join(" ")}</span>
    </p>
  );
}
