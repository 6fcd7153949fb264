"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { StackedBarChart } from "@/components/charts/days-chart";
import { sumDecimals } from "@/components/lib/decimal";
import { Count, Money } from "@/components/ui/figure";
import { bucketSeries, bucketStart } from "@/components/usage/bucket-days";
import { openDaysOf, toChartMembers } from "@/components/usage/chart-input";
import { useUsageRange } from "@/components/usage/range-context";
import { useGranularity } from "@/components/usage/use-granularity";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, TrendMeasure, Trends } from "@/server/usage/schema";

type TrendChartProps = { measure: TrendMeasure; dimension: BreakdownDimension; trends: Trends };

/** One figure over time, a line for each of the members compared. */
export function TrendChart({ measure, dimension, trends }: TrendChartProps) {
  const t = useTranslations("usage");
  const charts = useTranslations("charts");
  const { today } = useUsageRange();
  const label = useMemberLabel();
  const href = useMemberHref();
  const { granularity } = useGranularity(trends.days.length);
  const isMoney = measure === "cost";
  const series = useMemo(
    () =>
      bucketSeries(
        {
          days: trends.days,
          members: trends.members.map((member) => ({ ...member, isOther: false })),
          values: trends.values[measure],
        },
        granularity,
      ),
    [trends, measure, granularity],
  );
  const members = useMemo(
    () => toChartMembers(series, dimension, { label, other: charts("other"), href: ({ key }) => href(dimension, key) }),
    [series, dimension, label, charts, href],
  );
  const openDays = useMemo(
    () => openDaysOf(series.days, bucketStart(today, granularity)),
    [series, today, granularity],
  );
  const total = sumDecimals(series.values.flat());
  const Figure = isMoney ? Money : Count;
  return (
    <StackedBarChart
      title={t(`trends.measures.${measure}`)}
      figure={<Figure value={total} className="text-xl font-semibold tracking-tight" />}
      description={isMoney ? t(`chartUnit.${granularity}`) : t(`trends.per.${granularity}`)}
      asOf={trends.freshness.asOf}
      days={series.days}
      members={members}
      values={series.values}
      openDays={openDays}
      unit={isMoney ? "usd" : "count"}
      granularity={granularity}
      form="line"
      height={160}
    />
  );
}
