"use client";

import { useId, useMemo } from "react";
import { Bar, BarChart } from "recharts";
import { stackGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { plotElements, plotMargin, plotStyle, previousLine } from "@/components/charts/views/plot";
import { StackPaths } from "@/components/charts/views/stack-paths";
import { useFormat } from "@/components/lib/use-format";

/** Draws a prepared stack; decides nothing. */
export function StackedBarView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const hatch = useId();
  const geometry = useMemo(() => stackGeometry(chart, hidden), [chart, hidden]);
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
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" stroke="var(--border-strong)" strokeWidth="1.5" />
        </pattern>
      </defs>
      {plotElements({ ...props, geometry, format, figures, cursor: "band" })}
      <Bar dataKey="gap" fill={`url(#${hatch})`} fillOpacity={0.55} isAnimationActive={false} />
      <StackPaths geometry={geometry} onSelect={onSelect} />
      {chart.previous && previousLine}
    </BarChart>
  );
}
