"use client";

import { ShareBar } from "@/components/charts/share-bar";
import { ratioOf } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";
import type { CellValue, ColumnKind, DataColumn } from "@/components/tables/types";
import { Count, Difference, Money, UnknownMark } from "@/components/ui/figure";

/** A cell by the kind of its column, with the share bar where one is wanted. */
export function TableCellContent<TRow>({ column, row }: { column: DataColumn<TRow>; row: TRow }) {
  const value = column.value(row);
  const content = column.cell ? column.cell(row) : <CellFigure value={value} kind={column.kind ?? "text"} />;
  if (column.shareOf === undefined) return content;
  return (
    <span className="flex items-center justify-end gap-3">
      <ShareBar ratio={ratioOf(value === null ? null : String(value), column.shareOf)} />
      <span className="min-w-16">{content}</span>
    </span>
  );
}

export function CellFigure({ value, kind }: { value: CellValue; kind: ColumnKind }) {
  const format = useFormat();
  if (value === null) return <UnknownMark />;
  switch (kind) {
    case "money":
      return <Money value={String(value)} />;
    case "difference":
      return <Difference value={String(value)} />;
    case "count":
      return <Count value={String(value)} />;
    case "share":
      return format.share(Number(value));
    case "day":
      return format.day(String(value));
    case "instant":
      return <span title={format.instant(String(value), "full")}>{format.instant(String(value))}</span>;
    case "text":
      return (
        <span className="name-text block" title={String(value)}>
          {value}
        </span>
      );
    default:
      return kind satisfies never;
  }
}
