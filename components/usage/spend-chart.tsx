"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { useAnomalyMarks } from "@/components/anomalies/use-anomalies";
import { StackedBarChart } from "@/components/charts/days-chart";
import type { DecimalText } from "@/components/lib/decimal";
import type { Day } from "@/components/lib/format-date";
import { Money } from "@/components/ui/figure";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { bucketSeries, bucketStart } from "@/components/usage/bucket-days";
import { openDaysOf, toChartMembers } from "@/components/usage/chart-input";
import { useUsageRange } from "@/components/usage/range-context";
import { useGranularity } from "@/components/usage/use-granularity";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { Anomaly } from "@/server/anomalies/schema";
import type { BreakdownDimension, DailySeries } from "@/server/usage/schema";

/** Up to a fortnight, weeks and months would say less than the days. */
const FEW_DAYS = 14;

const none: readonly Anomaly[] = [];

type SpendChartProps = {
  title: string;
  series: DailySeries;
  total: DecimalText | null;
  asOf: string | null;
  /** Line items have no page of their own, so nothing leads there. */
  dimension: BreakdownDimension | "line_item";
  height?: number;
  /** Flagged over their days. */
  anomalies?: readonly Anomaly[];
};

/** Spend over time, stacked; a bar or legend entry leads to its member in the same range. */
export function SpendChart({
  title,
  series: daily,
  total,
  asOf,
  dimension,
  height = 280,
  anomalies = none,
}: SpendChartProps) {
  const t = useTranslations("usage");
  const charts = useTranslations("charts");
  const router = useRouter();
  const { today } = useUsageRange();
  const { granularity, granularities, setGranularity } = useGranularity(daily.days.length);
  const series = useMemo(() => bucketSeries(daily, granularity), [daily, granularity]);
  const label = useMemberLabel();
  const href = useMemberHref();
  const members = useMemo(
    () =>
      toChartMembers(series, dimension, {
        label,
        other: charts("other"),
        href: dimension === "line_item" ? undefined : ({ key }) => href(dimension, key),
      }),
    [series, dimension, label, href, charts],
  );
  const openDays = useMemo(
    () => openDaysOf(series.days, bucketStart(today, granularity)),
    [series.days, today, granularity],
  );
  const bucketOf = useCallback((day: Day) => bucketStart(day, granularity), [granularity]);
  const marks = useAnomalyMarks(anomalies, { bucketOf, areDays: granularity === "day" });
  const select = (key: string) => {
    const target = members.find((member) => member.key === key)?.href;
    if (target) router.push(target);
  };
  return (
    <StackedBarChart
      title={title}
      figure={
        <span className="text-xl font-semibold tracking-tight">
          <Money value={total} />
        </span>
      }
      asOf={asOf}
      description={t(`chartUnit.${granularity}`)}
      days={series.days}
      members={members}
      values={series.values}
      openDays={openDays}
      marks={marks}
      unit="usd"
      height={height}
      granularity={granularity}
      actions={
        daily.days.length > FEW_DAYS && (
          <span className="max-sm:hidden">
            <SegmentedControl
              size="sm"
              aria-label={t("granularity")}
              value={granularity}
              onValueChange={setGranularity}
              segments={granularities.map((value) => ({ value, label: charts(value) }))}
            />
          </span>
        )
      }
      onSelect={dimension === "line_item" ? undefined : ({ key }) => select(key)}
    />
  );
}
