"use client";

import { useMemo } from "react";
import { BarChart } from "recharts";
import { shareGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { ghost, plotElements, plotMargin, plotStyle } from "@/components/charts/views/plot";
import { StackPaths } from "@/components/charts/views/stack-paths";
import { useFormat } from "@/components/lib/use-format";

/** Draws each bar as a whole and its parts; decides nothing. The tooltip has the figures themselves. */
export function ShareView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const geometry = useMemo(() => shareGeometry(chart, hidden), [chart, hidden]);
  const percent = { ...figures, tick: (value: number) => format.share(value / 100) };
  return (
    <BarChart responsive style={plotStyle} data={[...geometry.points]} margin={plotMargin} accessibilityLayer={false}>
      {plotElements({ ...props, geometry, format, figures: percent, cursor: "band" })}
      {ghost}
      <StackPaths geometry={geometry} onSelect={onSelect} />
    </BarChart>
  );
}
