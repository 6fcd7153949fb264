"use client";

import { useMemo } from "react";
import { Bar, BarChart } from "recharts";
import { shareGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { plotElements, plotMargin, plotStyle } from "@/components/charts/views/plot";
import { useFormat } from "@/components/lib/use-format";

/** Draws each bar as a whole and its parts; decides nothing. The tooltip has the figures themselves. */
export function ShareView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const geometry = useMemo(() => shareGeometry(chart, hidden), [chart, hidden]);
  const percent = { ...figures, tick: (value: number) => format.share(value / 100) };
  return (
    <BarChart
      responsive
      style={plotStyle}
      data={[...geometry.points]}
      margin={plotMargin}
      barCategoryGap="16%"
      maxBarSize={44}
      accessibilityLayer={false}
    >
      {plotElements({ ...props, geometry, format, figures: percent, cursor: "band" })}
      {geometry.visible.map((series) => (
        <Bar
          key={series.id}
          dataKey={series.id}
          stackId="stack"
          fill={series.color}
          isAnimationActive={false}
          cursor={onSelect ? "pointer" : undefined}
          onClick={(item) => onSelect?.({ key: series.key, day: item.payload.day })}
        />
      ))}
    </BarChart>
  );
}
