"use client";

import { useMemo } from "react";
import { BarChart } from "recharts";
import { stackGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { ghost, plotElements, plotMargin, plotStyle, previousLine } from "@/components/charts/views/plot";
import { StackPaths } from "@/components/charts/views/stack-paths";
import { useFormat } from "@/components/lib/use-format";

/** Draws a prepared stack; decides nothing. */
export function StackedBarView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const geometry = useMemo(() => stackGeometry(chart, hidden), [chart, hidden]);
  return (
    <BarChart responsive style={plotStyle} data={[...geometry.points]} margin={plotMargin} accessibilityLayer={false}>
      {plotElements({ ...props, geometry, format, figures, cursor: "band" })}
      {ghost}
      <StackPaths geometry={geometry} onSelect={onSelect} />
      {chart.previous && previousLine}
    </BarChart>
  );
}
