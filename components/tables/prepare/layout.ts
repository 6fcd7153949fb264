import type { ColumnKind, DataColumn } from "@/components/tables/types";

const widths: Record<ColumnKind, number | undefined> = {
  text: undefined,
  money: 128,
  difference: 128,
  count: 116,
  share: 96,
  day: 132,
  instant: 204,
};

const FIRST_COLUMN_MIN = 176;
const TEXT_MIN = 152;
const SHARE_EXTRA = 72;

export function isNumericKind(kind: ColumnKind | undefined): boolean {
  return kind === "money" || kind === "difference" || kind === "count" || kind === "share";
}

/** Pixels of a column, or undefined when it takes its part of what is left. */
export function columnWidth<TRow>(column: DataColumn<TRow>): number | undefined {
  if (column.width) return column.width;
  const width = widths[column.kind ?? "text"];
  return width && column.shareOf !== undefined ? width + SHARE_EXTRA : width;
}

/** Below this the table scrolls inside its own box instead of squeezing its columns. */
export function minTableWidth<TRow>(columns: readonly DataColumn<TRow>[], extra: number): number {
  return columns.reduce(
    (sum, column, index) => sum + (columnWidth(column) ?? (index === 0 ? FIRST_COLUMN_MIN : TEXT_MIN)),
    extra,
  );
}
