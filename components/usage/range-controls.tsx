"use client";

import { useFormatter, useTranslations } from "next-intl";
import { DateRangePicker } from "@/components/layout/date-range-picker";
import type { DayRange } from "@/components/lib/date-range";
import { dayToDate } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { useUsageRange } from "@/components/usage/range-context";

/** Which days the page is about, and whose days they are: UTC days unless `zone` names others. */
export function RangeControls({ zone = "UTC" }: { zone?: string }) {
  const t = useTranslations("usage");
  const { selected, setRange, today } = useUsageRange();
  return (
    <>
      <DateRangePicker value={selected.shown} onValueChange={setRange} today={today} zone={zone} />
      {zone === "UTC" && (
        <span className="text-xs text-muted-foreground" title={t("utcHint")}>
          {t("utcDays")}
        </span>
      )}
    </>
  );
}

/** The name of the range that the figures are of: a preset's, or a word for any other. */
export function useRangeName(): string {
  const t = useTranslations("range");
  const usage = useTranslations("usage");
  const { current } = useUsageRange();
  return current.preset ? t(current.preset) : usage("selectedDays");
}

/** "Oct 1 – 20": days of the running year need no year beside a figure; days of another one do. */
export function useShortRange() {
  const { today } = useUsageRange();
  const { dateTimeRange } = useFormatter();
  const format = useFormat();
  return ({ from, to }: DayRange): string => {
    const [start, end] = [dayToDate(from), dayToDate(to)];
    const isThisYear = from.slice(0, 4) === today.slice(0, 4) && to.slice(0, 4) === today.slice(0, 4);
    if (!start || !end || !isThisYear || from === to) return format.dayRange(from, to);
    return dateTimeRange(start, end, { month: "short", day: "numeric", timeZone: "UTC" }).replaceAll(
      /[\u2009\u202f]/g,
      " ",
    );
  };
}
