"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { ChartFrame } from "@/components/charts/chart-frame";
import { ChartLegend } from "@/components/charts/chart-legend";
import { ChartSkeleton, type ChartState } from "@/components/charts/chart-state";
import { useEntityColors } from "@/components/charts/entity-colors";
import { prepareStackedDays } from "@/components/charts/prepare/stacked-days";
import { stackedTable } from "@/components/charts/prepare/table";
import type { ChartSelection, ChartUnit, StackedDays, StackedDaysInput } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { ratioOf } from "@/components/lib/decimal";
import type { BucketLength } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";

// The drawing library is the heaviest thing on a page, so it comes after the page. The options have to be literals.
const views = {
  bar: dynamic(() => import("@/components/charts/views/stacked-bar-view").then((m) => m.StackedBarView), {
    ssr: false,
    loading: () => <ChartSkeleton />,
  }),
  area: dynamic(() => import("@/components/charts/views/area-view").then((m) => m.AreaView), {
    ssr: false,
    loading: () => <ChartSkeleton />,
  }),
  line: dynamic(() => import("@/components/charts/views/line-view").then((m) => m.LineView), {
    ssr: false,
    loading: () => <ChartSkeleton />,
  }),
  share: dynamic(() => import("@/components/charts/views/share-view").then((m) => m.ShareView), {
    ssr: false,
    loading: () => <ChartSkeleton />,
  }),
};

export type DaysChartProps = Omit<StackedDaysInput, "otherLabel" | "colors"> & {
  title: string;
  description?: ReactNode;
  figure?: ReactNode;
  /** Up to when the figures are in, for an image of the chart. */
  asOf?: string | null;
  actions?: ReactNode;
  unit: ChartUnit;
  granularity?: BucketLength;
  /** How the same figures are drawn: stacked bars unless said otherwise. */
  form?: keyof typeof views;
  height?: number;
  /** Overrides the chart's own reading of its data (ready or empty). */
  state?: ChartState;
  /** A bar segment or point was pressed: show the same view filtered. */
  onSelect?: (selection: ChartSelection) => void;
};

/** Figures by day, week or month, stacked by member. */
export function StackedBarChart(props: DaysChartProps) {
  const {
    days,
    members,
    values,
    maxMembers,
    openDays,
    previous,
    marks,
    unit,
    granularity = "day",
    form = "bar",
  } = props;
  const View = views[form];
  const t = useTranslations("charts");
  const format = useFormat();
  const figures = useUnitFormat(unit);
  const colors = useEntityColors();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const otherLabel = t("other");
  const chart = useMemo(
    () => prepareStackedDays({ days, members, values, maxMembers, openDays, previous, marks, colors, otherLabel }),
    [days, members, values, maxMembers, openDays, previous, marks, colors, otherLabel],
  );
  const tableOf = useCallback(
    () => stackedTable(chart, { day: t(granularity), total: t("total") }),
    [chart, granularity, t],
  );
  const first = days[0];
  const last = days.at(-1);
  const range = first && last ? format.dayRange(first.slice(0, 10), last.slice(0, 10)) : "";
  return (
    <ChartFrame
      title={props.title}
      description={props.description}
      figure={props.figure}
      actions={props.actions}
      height={props.height}
      state={props.state ?? { status: chart.isEmpty ? "empty" : "ready" }}
      summary={useSummary(chart, { title: props.title, range, value: figures.value })}
      totals={chart.series.map((series) => ({
        label: series.label,
        value: figures.exact(series.total),
        share: format.share(ratioOf(series.total, chart.total)),
      }))}
      tableOf={tableOf}
      showCell={(cell, column) =>
        column === 0
          ? { text: format.bucket(cell ?? "", granularity) }
          : { text: figures.value(cell), exact: figures.exact(cell) }
      }
      fileSuffix={range}
      pngCaption={[
        range,
        `${t("total")} ${figures.value(chart.total)}`,
        props.asOf && t("asOf", { time: format.instant(props.asOf, "full") }),
      ]
        .filter(Boolean)
        .join(" · ")}
      pngLegend={chart.series.filter((series) => !hidden.has(series.key))}
      legend={<ChartLegend series={chart.series} hidden={hidden} onHiddenChange={setHidden} unit={unit} />}
    >
      <View chart={chart} hidden={hidden} unit={unit} granularity={granularity} onSelect={props.onSelect} />
    </ChartFrame>
  );
}

type SummaryWords = { title: string; range: string; value: (amount: string | null) => string };

function useSummary(chart: StackedDays, { title, range, value }: SummaryWords): string {
  const t = useTranslations("charts");
  const leaders = chart.series
    .slice(0, 3)
    .map((series) => t("summaryLeader", { name: series.label, value: value(series.total) }));
  const gaps = chart.totals.filter((total) => total === null).length;
  const marked = [...chart.marks.values()].flat().map(({ text }) => text);
  const sentence = t("summary", { title, range, total: value(chart.total), leaders: leaders.join(", ") });
  return [sentence, ...(gaps > 0 ? [t("summaryGaps", { count: gaps })] : []), ...marked].join(". ");
}
