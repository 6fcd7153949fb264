import { niceScale, type Scale } from "@/components/charts/prepare/ticks";
import type { ChartTable } from "@/components/charts/prepare/types";
import type { DecimalText } from "@/components/lib/decimal";
import type { Day } from "@/components/lib/format-date";

/** A day of a period: what is known of it, and what the period comes to with it. */
export type ForecastDayInput = {
  day: Day;
  state: "known" | "gap" | "open" | "ahead";
  actual: DecimalText | null;
  total: DecimalText | null;
  low: DecimalText | null;
  high: DecimalText | null;
};

/** Running sums for the drawing library; the texts are in `day`. */
export type ForecastPoint = {
  day: Day;
  index: number;
  /** Solid: days that are over and known. */
  spent: number | null;
  /** Dashed: all others, beginning at the known day before. */
  expected: number | null;
  band: [number, number] | null;
};

export type ForecastGeometry = { points: ForecastPoint[]; scale: Scale };

/** Where the lines and the band run; without a forecast there is the solid line alone. */
export function forecastGeometry(days: readonly ForecastDayInput[]): ForecastGeometry {
  const points = days.map((day, index): ForecastPoint => {
    const isKnown = day.state === "known";
    const isJoint = isKnown && days[index + 1] !== undefined && days[index + 1]?.state !== "known";
    const total = day.total === null ? null : Number(day.total);
    const expected = isKnown && !isJoint ? null : total;
    const isBanded = expected !== null && day.low !== null && day.high !== null;
    return {
      day: day.day,
      index,
      spent: isKnown ? total : null,
      expected,
      band: isBanded ? [Number(day.low), Number(day.high)] : null,
    };
  });
  const heights = points.flatMap(({ spent, expected, band }) => [spent ?? 0, expected ?? 0, ...(band ?? [])]);
  return { points, scale: niceScale(Math.min(0, ...heights), Math.max(0, ...heights)) };
}

type Headings = Record<"day" | "actual" | "total" | "low" | "high", string>;

export function forecastTable(days: readonly ForecastDayInput[], headings: Headings): ChartTable {
  const columns = ["day", "actual", "total", "low", "high"] as const;
  return {
    columns: columns.map((id) => ({ id, label: headings[id], isNumeric: id !== "day" })),
    rows: days.map((day) => columns.map((id) => day[id])),
  };
}
