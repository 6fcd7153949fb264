"use client";

import { useId, useMemo } from "react";
import { Bar, BarChart, type BarShapeProps, XAxis } from "recharts";
import { type Point, stackEnds, stackGeometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps, Series } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { plotElements, plotMargin, plotStyle, previousLine } from "@/components/charts/views/plot";
import { useFormat } from "@/components/lib/use-format";

/** Draws a prepared stack; decides nothing. */
export function StackedBarView(props: ChartViewProps) {
  const { chart, hidden, onSelect } = props;
  const format = useFormat();
  const figures = useUnitFormat(props.unit);
  const hatch = useId();
  const geometry = useMemo(() => stackGeometry(chart, hidden), [chart, hidden]);
  const ends = useMemo(() => stackEnds(geometry.points, geometry.visible), [geometry]);
  const drawSegment = (series: Series, shape: BarShapeProps) => {
    const point: Point = shape.payload;
    const isEnd = ends.get(point.index)?.has(series.id) ?? false;
    return <Segment shape={shape} color={series.color} isOpen={point.isOpen} isEnd={isEnd} />;
  };
  return (
    <BarChart
      responsive
      style={plotStyle}
      data={[...geometry.points]}
      margin={plotMargin}
      stackOffset="sign"
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
      <XAxis xAxisId="gap" dataKey="day" hide />
      <Bar xAxisId="gap" dataKey="gap" fill={`url(#${hatch})`} fillOpacity={0.55} isAnimationActive={false} />
      {geometry.visible.map((series) => (
        <Bar
          key={series.id}
          dataKey={series.id}
          stackId="stack"
          fill={series.color}
          shape={(shape: BarShapeProps) => drawSegment(series, shape)}
          isAnimationActive={false}
          cursor={onSelect ? "pointer" : undefined}
          onClick={(item) => onSelect?.({ key: series.key, day: item.payload.day })}
        />
      ))}
      {chart.previous && previousLine}
    </BarChart>
  );
}

type SegmentProps = { shape: BarShapeProps; color: string; isOpen: boolean; isEnd: boolean };

/** One block of a stack: a hairline below it, round corners where the stack ends. */
function Segment({ shape, color, isOpen, isEnd }: SegmentProps) {
  const isCredit = shape.height < 0 || Number(shape.value) < 0;
  const full = Math.abs(shape.height);
  const top = Math.min(shape.y, shape.y + shape.height);
  const height = full > 3 && !isEnd ? full - 1 : full;
  if (!(height > 0)) return null;
  const radius = isEnd ? Math.min(3, height, shape.width / 2) : 0;
  const y = full > 3 && !isEnd && !isCredit ? top + 1 : top;
  return (
    <path
      d={roundedBlock({ x: shape.x, y, width: shape.width, height, radius, isCredit })}
      fill={color}
      fillOpacity={isOpen ? 0.5 : 1}
    />
  );
}

type Block = { x: number; y: number; width: number; height: number; radius: number; isCredit: boolean };

function roundedBlock({ x, y, width, height, radius: r, isCredit }: Block): string {
  const right = x + width;
  const bottom = y + height;
  return isCredit
    ? `M${x},${y}H${right}V${bottom - r}Q${right},${bottom} ${right - r},${bottom}H${x + r}Q${x},${bottom} ${x},${bottom - r}Z`
    : `M${x},${bottom}V${y + r}Q${x},${y} ${x + r},${y}H${right - r}Q${right},${y} ${right},${y + r}V${bottom}Z`;
}
