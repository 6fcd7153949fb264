"use client";

import { type Key, useMemo } from "react";
import { Line, LineChart } from "recharts";
import { lineGeometry, lonelyIndexes } from "@/components/charts/prepare/geometry";
import type { ChartViewProps, Series } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { plotElements, plotMargin, plotStyle, previousLine } from "@/components/charts/views/plot";
import { useFormat } from "@/components/lib/use-format";

/** Draws prepared series as lines that stop at gaps; decides nothing. */
export function LineView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const geometry = useMemo(() => lineGeometry(chart, hidden), [chart, hidden]);
  return (
    <LineChart
      responsive
      style={plotStyle}
      data={[...geometry.points]}
      margin={{ ...plotMargin, right: 12 }}
      accessibilityLayer={false}
    >
      {plotElements({ ...props, geometry, format, figures, cursor: "line" })}
      {geometry.visible.map((series) => (
        <Line
          key={series.id}
          dataKey={series.id}
          type="linear"
          stroke={series.color}
          strokeWidth={2}
          strokeDasharray={series.isDashed ? "5 4" : undefined}
          strokeLinejoin="round"
          strokeLinecap="round"
          connectNulls={false}
          dot={lonelyDot(series)}
          activeDot={{
            r: 4,
            strokeWidth: 2,
            stroke: "var(--card)",
            cursor: onSelect ? "pointer" : undefined,
            onClick: (point) => {
              const day = "index" in point ? chart.days[Number(point.index)] : undefined;
              if (day) onSelect?.({ key: series.key, day });
            },
          }}
          isAnimationActive={false}
        />
      ))}
      {chart.previous && previousLine}
    </LineChart>
  );
}

type DotPlace = { key?: Key | null; cx?: number; cy?: number; index: number };

/** Draws the points that no line reaches; the drawing library wants an element for every point. */
function lonelyDot(series: Series) {
  const lonely = lonelyIndexes(series.values);
  return function LonelyDot({ key, cx, cy, index }: DotPlace) {
    const isDrawn = lonely.has(index) && cy !== undefined && cy !== null;
    return isDrawn ? <circle key={key} cx={cx} cy={cy} r={2.5} fill={series.color} /> : <g key={key} />;
  };
}
