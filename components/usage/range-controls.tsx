"use client";

import { useTranslations } from "next-intl";
import { DateRangePicker } from "@/components/layout/date-range-picker";
import { useUsageRange } from "@/components/usage/range-context";

/** Which days the page is about, and whose days they are. */
export function RangeControls() {
  const t = useTranslations("usage");
  const { selected, setRange, today } = useUsageRange();
  return (
    <>
      <DateRangePicker value={selected.shown} onValueChange={setRange} today={today} zone="UTC" />
      <span className="text-xs text-muted-foreground" title={t("utcHint")}>
        {t("utcDays")}
      </span>
    </>
  );
}

/** The range's name for titles: a preset's, or its days. */
export function useRangeName(): string {
  const t = useTranslations("range");
  const usage = useTranslations("usage");
  const { selected } = useUsageRange();
  return selected.preset ? t(selected.preset) : usage("selectedDays");
}
