"use client";

import { CartesianGrid, Line, ReferenceDot, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { ChartTooltip } from "@/components/charts/chart-tooltip";
import type { Geometry } from "@/components/charts/prepare/geometry";
import { tooltipRows } from "@/components/charts/prepare/tooltip-rows";
import type { ChartViewProps } from "@/components/charts/prepare/types";
import type { UnitFormat } from "@/components/charts/use-unit-format";
import type { Format } from "@/components/lib/use-format";

export const plotMargin = { top: 8, right: 4, bottom: 0, left: 0 };
export const plotStyle = { width: "100%", height: "100%" };
const tickStyle = { fill: "var(--muted-foreground)", fontSize: 11.5 };

/** What axes of days and of amounts have in common in every chart. */
const bareAxis = { tick: tickStyle, tickLine: false, axisLine: false } as const;
export const dayAxis = {
  ...bareAxis,
  dataKey: "day",
  tickMargin: 8,
  height: 28,
  interval: "preserveEnd",
  minTickGap: 28,
} as const;
export const amountAxis = ({ scale, figures }: { scale: Geometry["scale"]; figures: UnitFormat }) => ({
  ...bareAxis,
  domain: [scale.min, scale.max],
  ticks: [...scale.ticks],
  tickFormatter: figures.tick,
  tickMargin: 6,
  width: 56,
  interval: 0,
});
export const tooltipPlace = {
  isAnimationActive: false,
  offset: 14,
  wrapperStyle: { zIndex: 20, outline: "none" },
} as const;
export const lineCursor = { stroke: "var(--border-strong)", strokeWidth: 1 };

/** The period compared with, over whatever is drawn. */
export const previousLine = (
  <Line
    key="previous"
    dataKey="previous"
    stroke="var(--foreground)"
    strokeOpacity={0.55}
    strokeWidth={1.5}
    strokeDasharray="3 3"
    dot={false}
    activeDot={false}
    isAnimationActive={false}
  />
);

type PlotProps = ChartViewProps & { geometry: Geometry; format: Format; figures: UnitFormat; cursor: "band" | "line" };

/**
 * Grid, axes and tooltip as elements, the same in every chart over days. A function and not a component, because the
 * drawing library recognises its children by type.
 */
export function plotElements({ chart, hidden, unit, granularity, geometry, format, figures, cursor }: PlotProps) {
  const { scale } = geometry;
  return [
    <CartesianGrid key="grid" vertical={false} stroke="var(--chart-grid)" />,
    <XAxis key="x" {...dayAxis} tickFormatter={(day: string) => format.bucket(day, granularity)} />,
    // Bars are drawn by ourselves: the scale is not to be made of what the library knows of.
    <YAxis key="y" {...amountAxis({ scale, figures })} allowDataOverflow={cursor === "band"} />,
    ...[...chart.marks].map(([day, marks]) => (
      <ReferenceDot
        key={`mark ${day}`}
        x={day}
        y={scale.max}
        r={4}
        ifOverflow="visible"
        shape={<Flag isQuiet={marks.every(({ isQuiet }) => isQuiet)} />}
      />
    )),
    scale.min < 0 ? <ReferenceLine key="zero" y={0} stroke="var(--border-strong)" /> : null,
    <Tooltip
      key="tooltip"
      {...tooltipPlace}
      filterNull={false}
      cursor={cursor === "band" ? { fill: "var(--foreground)", fillOpacity: 0.05 } : lineCursor}
      content={({ active, label }) => {
        const content = active ? tooltipRows(chart, chart.days.indexOf(String(label)), hidden) : null;
        return content && <ChartTooltip content={content} unit={unit} granularity={granularity} />;
      }}
    />,
  ];
}

/** Points down at the day it is about. */
function Flag({ cx = 0, cy = 0, isQuiet }: { cx?: number; cy?: number; isQuiet: boolean }) {
  const color = isQuiet ? "var(--muted-foreground)" : "var(--warning)";
  return <path d={`M${cx - 5},${cy - 7}H${cx + 5}L${cx},${cy + 1}Z`} fill={color} />;
}
