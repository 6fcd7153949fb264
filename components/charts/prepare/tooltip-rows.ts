import type { ChartMark, StackedDays } from "@/components/charts/prepare/types";
import { compareDecimals, type DecimalText, ratioOf, sumDecimals } from "@/components/lib/decimal";
import { type Change, changeBetween } from "@/components/lib/format-change";
import type { Day } from "@/components/lib/format-date";

export type TooltipRow = { id: string; label: string; color: string; value: DecimalText | null; share: number | null };

export type TooltipContent = {
  day: Day;
  isGap: boolean;
  isOpen: boolean;
  /** Largest first; series that have nothing that day are left out. */
  rows: readonly TooltipRow[];
  total: DecimalText | null;
  /** Against the bucket before; unknown for the first and beside gaps. */
  change: Change;
  /** The compared period's figure for the same place in it. */
  previous: { label: string; value: DecimalText | null } | null;
  /** What there is to know about the day. */
  marks: readonly ChartMark[];
};

/** What the tooltip of one day says about the visible series; null for an index outside the chart. */
export function tooltipRows(chart: StackedDays, index: number, hidden: ReadonlySet<string>): TooltipContent | null {
  const day = chart.days[index];
  if (day === undefined) return null;
  const visible = chart.series.filter((series) => !hidden.has(series.key));
  const totalOf = (at: number) => sumDecimals(visible.map((series) => series.values[at]));
  const total = totalOf(index);
  const rows = visible
    .map((series) => ({
      id: series.id,
      label: series.label,
      color: series.color,
      value: series.values[index] ?? null,
      share: ratioOf(series.values[index], total),
    }))
    .filter((row) => row.value !== null && Number(row.value) !== 0)
    .sort((a, b) => compareDecimals(b.value ?? "0", a.value ?? "0"));
  const isOpen = chart.openDays.has(day);
  return {
    day,
    isGap: chart.totals[index] === null,
    isOpen,
    rows,
    total,
    // A day that is still filling up would always look like a fall.
    change: isOpen ? { kind: "unknown" } : changeBetween(total, totalOf(index - 1)),
    previous:
      chart.previous && hidden.size === 0
        ? { label: chart.previous.label, value: chart.previous.values[index] ?? null }
        : null,
    marks: chart.marks.get(day) ?? [],
  };
}
