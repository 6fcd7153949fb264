"use client";

import { type MouseEvent, useId, useMemo } from "react";
import { usePlotArea, useXAxisInverseDataSnapScale, useXAxisScale, useYAxisScale } from "recharts";
import { type Block, stackBlocks } from "@/components/charts/prepare/stack-blocks";
import type { Geometry } from "@/components/charts/prepare/geometry";
import type { ChartViewProps, Series } from "@/components/charts/prepare/types";
import type { Day } from "@/components/lib/format-date";

/** Of what a day has room for. */
const BAR_PART = 0.68;
const MAX_BAR = 44;

type Props = { geometry: Geometry; onSelect: ChartViewProps["onSelect"] };

/**
 * The stack of every day, with one path for all the blocks of a series: the drawing library takes a dozen components for
 * each block, which a chart of 90 days is not painted in time with. Days of which nothing is known are hatched.
 */
export function StackPaths({ geometry, onSelect }: Props) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const toDay = useXAxisInverseDataSnapScale();
  const plot = usePlotArea();
  const { points, visible } = geometry;
  const blocks = useMemo(() => stackBlocks(points, visible), [points, visible]);
  if (!toX || !toY || !plot || points.length === 0) return null;
  const width = Math.min(MAX_BAR, (plot.width / points.length) * BAR_PART);
  const leftOf = (index: number) => {
    const middle = toX(points[index]?.day, { position: "middle" });
    return middle === undefined ? undefined : middle - width / 2;
  };
  const pathOf = (own: readonly Block[]) =>
    own
      .map((block) => {
        const x = leftOf(block.index);
        const [from, to] = [toY(block.from), toY(block.to)];
        if (x === undefined || from === undefined || to === undefined) return "";
        return segmentPath({ x, width, from, to, isEnd: block.isEnd });
      })
      .join("");
  const select = (series: Series) => (event: MouseEvent<SVGPathElement>) => {
    const left = event.currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0;
    const day = toDay?.(event.clientX - left);
    if (day !== undefined) onSelect?.({ key: series.key, day: String(day) as Day });
  };
  // Days that just came may not have a place yet.
  const hatched = points.filter(({ isGap }) => isGap).flatMap(({ index }) => leftOf(index) ?? []);
  const stacks = visible.map((series) => {
    const own = blocks.get(series.id) ?? [];
    const isOpen = ({ index }: Block) => points[index]?.isOpen ?? false;
    const shared = {
      fill: series.color,
      cursor: onSelect ? "pointer" : undefined,
      onClick: onSelect ? select(series) : undefined,
    };
    return (
      <g key={series.id}>
        <path {...shared} d={pathOf(own.filter((block) => !isOpen(block)))} />
        <path {...shared} d={pathOf(own.filter(isOpen))} fillOpacity={0.5} />
      </g>
    );
  });
  return (
    <>
      {hatched.length > 0 && (
        <Hatched path={hatched.map((x) => `M${x},${plot.y}h${width}v${plot.height}h${-width}Z`).join("")} />
      )}
      {stacks}
    </>
  );
}

function Hatched({ path }: { path: string }) {
  const hatch = useId();
  return (
    <>
      <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1="0" y1="0" x2="0" y2="6" stroke="var(--border-strong)" strokeWidth="1.5" />
      </pattern>
      <path d={path} fill={`url(#${hatch})`} fillOpacity={0.55} />
    </>
  );
}

/** Pixels; `from` is nearer to zero than `to`. */
type Segment = { x: number; width: number; from: number; to: number; isEnd: boolean };

/** One block of a stack: a hairline away from zero, round corners where the stack ends. */
function segmentPath({ x, width, from, to, isEnd }: Segment): string {
  const isCredit = to > from;
  const full = Math.abs(to - from);
  const isCut = full > 3 && !isEnd;
  const height = isCut ? full - 1 : full;
  if (!(height > 0)) return "";
  const radius = isEnd ? Math.min(3, height, width / 2) : 0;
  const y = Math.min(from, to) + (isCut && !isCredit ? 1 : 0);
  return roundedBlock({ x, y, width, height, radius, isCredit });
}

type Rounded = { x: number; y: number; width: number; height: number; radius: number; isCredit: boolean };

function roundedBlock({ x, y, width, height, radius: r, isCredit }: Rounded): string {
  const right = x + width;
  const bottom = y + height;
  return isCredit
    ? `M${x},${y}H${right}V${bottom - r}Q${right},${bottom} ${right - r},${bottom}H${x + r}Q${x},${bottom} ${x},${bottom - r}Z`
    : `M${x},${bottom}V${y + r}Q${x},${y} ${x + r},${y}H${right - r}Q${right},${y} ${right},${y + r}V${bottom}Z`;
}
