"use client";

import { useTranslations } from "next-intl";
import { sparkShape } from "@/components/charts/prepare/spark";
import type { ChartUnit } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { cn } from "@/components/lib/cn";
import type { DecimalText } from "@/components/lib/decimal";

type SparklineProps = {
  values: readonly (DecimalText | null)[];
  unit: ChartUnit;
  color?: string;
  width?: number;
  height?: number;
  className?: string;
};

/** A word-sized trend, plain SVG: cheap enough for every row of a table. */
export function Sparkline({
  values,
  unit,
  color = "var(--primary)",
  width = 96,
  height = 24,
  className,
}: SparklineProps) {
  const t = useTranslations("charts");
  const figures = useUnitFormat(unit);
  const shape = sparkShape(values, { width, height });
  if (!shape) return <span aria-hidden="true" className={cn("inline-block", className)} style={{ width, height }} />;
  const known = values.filter((value) => value !== null);
  return (
    <svg
      role="img"
      aria-label={t("sparkline", { first: figures.value(known[0]), last: figures.value(known.at(-1)) })}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className={cn("shrink-0 overflow-visible", className)}
    >
      <path d={shape.area} fill={color} fillOpacity={0.12} />
      <path
        d={shape.line}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
      {shape.dots.map((dot) => (
        <circle key={`${dot.x}`} cx={dot.x} cy={dot.y} r={1.75} fill={color} />
      ))}
    </svg>
  );
}
