"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo } from "react";
import { ChartFrame } from "@/components/charts/chart-frame";
import { ChartSkeleton } from "@/components/charts/chart-state";
import { type ForecastDayInput, forecastGeometry, forecastTable } from "@/components/charts/prepare/forecast-points";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { useFormat } from "@/components/lib/use-format";

const View = dynamic(() => import("@/components/charts/views/forecast-view").then((m) => m.ForecastView), {
  ssr: false,
  loading: () => <ChartSkeleton />,
});

type ForecastChartProps = {
  title: string;
  figure: ReactNode;
  description: ReactNode;
  actions: ReactNode;
  /** All days of the period. */
  days: readonly ForecastDayInput[];
  /** The forecast in one sentence, for those who do not see it. */
  summary: string;
  asOf: string | null;
  height?: number;
};

/** A period's running total: solid as far as it is known, dashed to its end, with the band in which it should lie. */
export function ForecastChart({ days, summary, ...frame }: ForecastChartProps) {
  const t = useTranslations("charts.forecast");
  const format = useFormat();
  const figures = useUnitFormat("usd");
  const geometry = useMemo(() => forecastGeometry(days), [days]);
  const words = {
    actual: t("actual"),
    total: t("total"),
    expected: t("expected"),
    band: t("band"),
  };
  const tableOf = useCallback(
    () =>
      forecastTable(days, { day: t("day"), actual: t("actual"), total: t("expected"), low: t("low"), high: t("high") }),
    [days, t],
  );
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return (
    <ChartFrame
      {...frame}
      state={{ status: "ready" }}
      summary={summary}
      tableOf={tableOf}
      showCell={(cell, column) =>
        column === 0
          ? { text: format.bucket(cell ?? "", "day") }
          : { text: figures.value(cell), exact: figures.exact(cell) }
      }
      fileSuffix={first && last ? format.dayRange(first, last) : undefined}
      pngLegend={[{ label: t("total"), color: "var(--chart-1)" }]}
    >
      <View days={days} geometry={geometry} words={words} />
    </ChartFrame>
  );
}
