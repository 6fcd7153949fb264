"use client";

import { ProgressBar } from "@tremor/react/dist/components/vis-elements/ProgressBar/ProgressBar.js";
import { useTranslations } from "next-intl";
import type { ChartUnit } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { type DecimalText, ratioOf } from "@/components/lib/decimal";

type UsageBarProps = {
  used: DecimalText | null;
  limit: DecimalText | null;
  unit: ChartUnit;
  /** Shares of the limit from which the bar warns and from which it alarms. */
  warnAt?: number;
  alarmAt?: number;
  label: string;
};

/** How much of a limit is used. Beyond the limit the bar is full and says so by colour; the words carry the figure. */
export function UsageBar({ used, limit, unit, warnAt = 0.8, alarmAt = 1, label }: UsageBarProps) {
  const t = useTranslations("charts");
  const figures = useUnitFormat(unit);
  const ratio = ratioOf(used, limit);
  const color = ratio === null ? "gray" : ratio >= alarmAt ? "rose" : ratio >= warnAt ? "amber" : "brand";
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={ratio === null ? 0 : Math.min(100, Math.max(0, Math.round(ratio * 100)))}
      aria-valuetext={t("usedOf", { used: figures.value(used), limit: figures.value(limit) })}
    >
      <ProgressBar value={Math.min(100, Math.max(0, (ratio ?? 0) * 100))} color={color} className="[&>div]:h-1.5" />
    </div>
  );
}
