"use client";

import {
  CartesianGrid,
  DefaultZIndexes,
  Line,
  Tooltip,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
  ZIndexLayer,
} from "recharts";
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
  includeHidden: true,
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

/** The library shows no tooltip, and no days, where it draws nothing: of this it believes that it is there. */
export const ghost = <Line key="ghost" dataKey="index" hide />;

/** The library works out where lines would stand that are not drawn. */
const noLines = () => [];

type PlotProps = ChartViewProps & { geometry: Geometry; format: Format; figures: UnitFormat; cursor: "band" | "line" };

/**
 * Grid, axes, flags and tooltip as elements, the same in every chart over days. A function and not a component, because
 * the drawing library recognises its children by type.
 */
export function plotElements({ chart, hidden, unit, granularity, geometry, format, figures, cursor }: PlotProps) {
  const { scale } = geometry;
  return [
    <CartesianGrid key="grid" vertical={false} verticalCoordinatesGenerator={noLines} stroke="var(--chart-grid)" />,
    <XAxis key="x" {...dayAxis} tickFormatter={(day: string) => format.bucket(day, granularity)} />,
    // Bars are drawn by ourselves: the scale is not to be made of what the library knows of.
    <YAxis key="y" {...amountAxis({ scale, figures })} allowDataOverflow={cursor === "band"} />,
    <PlotMarks key="marks" chart={chart} scale={scale} />,
    <Tooltip
      key="tooltip"
      {...tooltipPlace}
      filterNull={false}
      includeHidden
      cursor={cursor === "band" ? { fill: "var(--foreground)", fillOpacity: 0.05 } : lineCursor}
      content={({ active, label }) => {
        const content = active ? tooltipRows(chart, chart.days.indexOf(String(label)), hidden) : null;
        return content && <ChartTooltip content={content} unit={unit} granularity={granularity} />;
      }}
    />,
  ];
}

type MarksProps = Pick<ChartViewProps, "chart"> & { scale: Geometry["scale"] };

/**
 * Flags of days, and under lines that of zero where there are credits. Not as the library's own reference elements: each would be
 * taken out of its store and put in again with every answer, and everything that reads it be worked out anew.
 */
function PlotMarks({ chart, scale }: MarksProps) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const plot = usePlotArea();
  if (!toX || !toY || !plot) return null;
  const zero = scale.min < 0 ? toY(0) : undefined;
  return (
    <>
      {zero !== undefined && (
        <ZIndexLayer zIndex={DefaultZIndexes.line - 1}>
          <line x1={plot.x} x2={plot.x + plot.width} y1={zero} y2={zero} stroke="var(--border-strong)" />
        </ZIndexLayer>
      )}
      <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
        {[...chart.marks].map(([day, marks]) => {
          const x = toX(day, { position: "middle" });
          if (x === undefined) return null;
          const color = marks.every(({ isQuiet }) => isQuiet) ? "var(--muted-foreground)" : "var(--warning)";
          return <path key={day} d={`M${x - 5},${plot.y - 7}h10l-5,8Z`} fill={color} />;
        })}
      </ZIndexLayer>
    </>
  );
}
