"use client";

import { Tracker } from "@tremor/react/dist/components/vis-elements/Tracker/Tracker.js";
import { useTranslations } from "next-intl";
import type { Day } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";

export type CoverageState = "complete" | "partial" | "missing" | "failed" | "pending";

// Tremor knows its blocks by these names; globals.css binds them to our meanings.
const colors: Record<CoverageState, string> = {
  complete: "emerald",
  partial: "amber",
  missing: "gray",
  failed: "rose",
  pending: "none",
};
const words = {
  complete: "coverageComplete",
  partial: "coveragePartial",
  missing: "coverageMissing",
  failed: "coverageFailed",
  pending: "coveragePending",
} as const;

type DayTrackerProps = { days: readonly { day: Day; state: CoverageState }[]; label: string };

/**
 * Coverage day by day. Imported by its deep path: Tremor's root has no sideEffects flag and would bring its own
 * recharts 2 along; this element needs none.
 */
export function DayTracker({ days, label }: DayTrackerProps) {
  const t = useTranslations("charts");
  const format = useFormat();
  const complete = days.filter(({ state }) => state === "complete").length;
  const data = days.map(({ day, state }) => ({
    key: day,
    color: colors[state],
    tooltip: t("coverageOn", { day: format.day(day, "long"), state: t(words[state]) }),
  }));
  const summary = t("coverageSummary", { complete, total: days.length });
  return (
    <div role="img" aria-label={`${label}: ${summary}`}>
      <Tracker data={data} className="day-tracker h-6 [&>div:hover]:opacity-75" />
    </div>
  );
}
