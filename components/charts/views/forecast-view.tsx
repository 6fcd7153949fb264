"use client";

import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import type { ForecastDayInput, ForecastGeometry } from "@/components/charts/prepare/forecast-points";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { amountAxis, dayAxis, lineCursor, plotMargin, plotStyle, tooltipPlace } from "@/components/charts/views/plot";
import { useFormat } from "@/components/lib/use-format";

export type ForecastViewProps = {
  days: readonly ForecastDayInput[];
  geometry: ForecastGeometry;
  words: { actual: string; total: string; expected: string; band: string };
};

/** Draws a prepared forecast; decides nothing. */
export function ForecastView({ days, geometry, words }: ForecastViewProps) {
  const format = useFormat();
  const figures = useUnitFormat("usd");
  const { points, scale } = geometry;
  const line = { type: "linear", stroke: "var(--chart-1)", strokeWidth: 2, isAnimationActive: false } as const;
  return (
    <ComposedChart
      responsive
      style={plotStyle}
      data={points}
      margin={{ ...plotMargin, right: 12 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
      <XAxis {...dayAxis} tickFormatter={(day: string) => format.bucket(day, "day")} />
      <YAxis {...amountAxis({ scale, figures })} />
      <Tooltip
        {...tooltipPlace}
        cursor={lineCursor}
        content={({ active, label }) => {
          const day = active ? days.find((one) => one.day === label) : undefined;
          return day ? <DayTip day={day} words={words} /> : null;
        }}
      />
      <Area
        dataKey="band"
        type="linear"
        stroke="none"
        fill="var(--chart-1)"
        fillOpacity={0.16}
        connectNulls={false}
        activeDot={false}
        isAnimationActive={false}
      />
      <Line {...line} dataKey="expected" strokeDasharray="5 4" dot={false} activeDot={{ r: 3 }} />
      <Line {...line} dataKey="spent" dot={points.length > 0 && points[1]?.spent === null} activeDot={{ r: 4 }} />
    </ComposedChart>
  );
}

function DayTip({ day, words }: { day: ForecastDayInput; words: ForecastViewProps["words"] }) {
  const format = useFormat();
  const figures = useUnitFormat("usd");
  const rows = [
    ...(day.actual === null ? [] : [{ label: words.actual, text: figures.value(day.actual) }]),
    { label: day.state === "known" ? words.total : words.expected, text: figures.value(day.total) },
    ...(day.state === "known" || day.low === null || day.high === null
      ? []
      : [{ label: words.band, text: `${figures.value(day.low)} – ${figures.value(day.high)}` }]),
  ];
  return (
    <div className="min-w-52 rounded-lg border bg-popover px-3 py-2.5 text-xs text-popover-foreground shadow-overlay">
      <p className="font-medium">{format.day(day.day, "long")}</p>
      {rows.map(({ label, text }) => (
        <p key={label} className="mt-1 flex justify-between gap-4">
          <span className="text-muted-foreground">{label}</span>
          <span className="tabular">{text}</span>
        </p>
      ))}
    </div>
  );
}
