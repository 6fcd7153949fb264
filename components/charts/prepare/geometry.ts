import { niceScale, type Scale } from "@/components/charts/prepare/ticks";
import type { Series, StackedDays } from "@/components/charts/prepare/types";
import type { Day } from "@/components/lib/format-date";

/** One day for the drawing library: a number per visible series, null where nothing is known; of a gap, of none. */
export type Point = { day: Day; index: number; isOpen: boolean; isGap: boolean; previous: number | null } & Record<
  string,
  unknown
>;

export type Geometry = { points: readonly Point[]; visible: readonly Series[]; scale: Scale };

/** Heights for a stack of the visible series. Credits go below zero. */
export function stackGeometry(chart: StackedDays, hidden: ReadonlySet<string>): Geometry {
  return geometry(chart, hidden, (values) => [
    values.filter((value) => value < 0).reduce((sum, value) => sum + value, 0),
    values.filter((value) => value > 0).reduce((sum, value) => sum + value, 0),
  ]);
}

/** Heights for separate lines over the same days. */
export function lineGeometry(chart: StackedDays, hidden: ReadonlySet<string>): Geometry {
  return geometry(chart, hidden, (values) => [Math.min(0, ...values), Math.max(0, ...values)]);
}

/** Heights as parts of a hundred of each day's positive figures; credits have no part in a whole. */
export function shareGeometry(chart: StackedDays, hidden: ReadonlySet<string>): Geometry {
  const visible = chart.series.filter((series) => !hidden.has(series.key));
  const points = chart.days.map((day, index): Point => {
    const heights = visible.map((series) => Math.max(0, toHeight(series.values[index]) ?? 0));
    const whole = heights.reduce((sum, height) => sum + height, 0);
    const isGap = chart.totals[index] === null;
    const point: Point = { day, index, isOpen: chart.openDays.has(day), isGap, previous: null };
    visible.forEach((series, position) => {
      point[series.id] = whole === 0 ? null : ((heights[position] ?? 0) / whole) * 100;
    });
    return point;
  });
  return { points, visible, scale: { min: 0, max: 100, ticks: [0, 25, 50, 75, 100] } };
}

function geometry(
  chart: StackedDays,
  hidden: ReadonlySet<string>,
  extent: (values: readonly number[]) => readonly [number, number],
): Geometry {
  const visible = chart.series.filter((series) => !hidden.has(series.key));
  // The compared figures are of all series: beside a part of them they would mislead.
  const previousAt = (day: number) => (hidden.size === 0 ? toHeight(chart.previous?.values[day]) : null);
  let low = 0;
  let high = 0;
  const heights = chart.days.map((_, day) => {
    const row = visible.map((series) => toHeight(series.values[day]));
    const [down, up] = extent(row.filter((value) => value !== null));
    const before = previousAt(day) ?? 0;
    low = Math.min(low, down, before);
    high = Math.max(high, up, before);
    return row;
  });
  const scale = niceScale(low, high);
  const points = chart.days.map((day, index): Point => {
    const isGap = chart.totals[index] === null;
    const previous = previousAt(index);
    const point: Point = { day, index, isOpen: chart.openDays.has(day), isGap, previous };
    visible.forEach((series, position) => {
      point[series.id] = heights[index]?.[position] ?? null;
    });
    return point;
  });
  return { points, visible, scale };
}

function toHeight(value: string | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const height = Number(value);
  return Number.isFinite(height) ? height : null;
}

/** Points that have no neighbour to be joined to would be invisible as a line: these need a dot. */
export function lonelyIndexes(values: readonly (string | null)[]): ReadonlySet<number> {
  const known = (index: number) => values[index] !== null && values[index] !== undefined;
  return new Set(
    values.map((_, index) => index).filter((index) => known(index) && !known(index - 1) && !known(index + 1)),
  );
}
