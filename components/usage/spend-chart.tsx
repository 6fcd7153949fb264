"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { StackedBarChart } from "@/components/charts/days-chart";
import type { DecimalText } from "@/components/lib/decimal";
import { Money } from "@/components/ui/figure";
import { openDaysOf, toChartMembers } from "@/components/usage/chart-input";
import { useUsageRange } from "@/components/usage/range-context";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, DailySeries } from "@/server/usage/schema";

type SpendChartProps = {
  title: string;
  series: DailySeries;
  total: DecimalText | null;
  /** Line items have no page of their own, so nothing leads there. */
  dimension: BreakdownDimension | "line_item";
  actions?: ReactNode;
  height?: number;
};

/** Daily spend, stacked; a bar or legend entry leads to its member in the same range. */
export function SpendChart({ title, series, total, dimension, actions, height = 280 }: SpendChartProps) {
  const t = useTranslations("usage");
  const charts = useTranslations("charts");
  const router = useRouter();
  const { today } = useUsageRange();
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
  const openDays = useMemo(() => openDaysOf(series.days, today), [series.days, today]);
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
      description={t("chartUnit")}
      days={series.days}
      members={members}
      values={series.values}
      openDays={openDays}
      unit="usd"
      height={height}
      actions={actions}
      onSelect={dimension === "line_item" ? undefined : ({ key }) => select(key)}
    />
  );
}
