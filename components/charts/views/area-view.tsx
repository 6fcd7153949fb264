"use client";

import { useMemo } from "react";
import { Area, AreaChart } from "recharts";
import { stackGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { plotElements, plotMargin, plotStyle, previousLine } from "@/components/charts/views/plot";
import { useFormat } from "@/components/lib/use-format";

/** Draws a prepared stack as areas; decides nothing. */
export function AreaView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const geometry = useMemo(() => stackGeometry(chart, hidden), [chart, hidden]);
  return (
    <AreaChart
      responsive
      style={plotStyle}
      data={[...geometry.points]}
      margin={{ ...plotMargin, right: 12 }}
      stackOffset="sign"
      accessibilityLayer={false}
    >
      {plotElements({ ...props, geometry, format, figures, cursor: "line" })}
      {geometry.visible.map((series) => (
        <Area
          key={series.id}
          dataKey={series.id}
          stackId="stack"
          type="linear"
          stroke={series.color}
          strokeWidth={1}
          fill={series.color}
          fillOpacity={0.72}
          connectNulls={false}
          activeDot={false}
          isAnimationActive={false}
          cursor={onSelect ? "pointer" : undefined}
          onClick={() => onSelect?.({ key: series.key, day: chart.days[0] ?? "" })}
        />
      ))}
      {chart.previous && previousLine}
    </AreaChart>
  );
}
