"use client";

import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { isNumericKind } from "@/components/tables/prepare/layout";
import type { DataColumn, TableSort } from "@/components/tables/types";
import { Checkbox } from "@/components/ui/checkbox";

type TableHeadRowProps<TRow> = {
  columns: readonly DataColumn<TRow>[];
  sort: TableSort | null;
  onSort: (columnId: string) => void;
  selection?: { state: boolean | "indeterminate"; onToggle: (isSelected: boolean) => void };
  hasActions: boolean;
  hasDetails?: boolean;
};

export const headCellClasses =
  "sticky top-0 z-20 h-9 border-b bg-card px-3 text-left text-xs font-medium whitespace-nowrap text-muted-foreground";

export function TableHeadRow<TRow>(props: TableHeadRowProps<TRow>) {
  const { columns, sort, onSort, selection, hasActions, hasDetails = false } = props;
  const t = useTranslations("tables");
  return (
    <thead>
      <tr>
        {selection && (
          <th scope="col" className={cn(headCellClasses, "pr-0 pl-4")}>
            <Checkbox
              aria-label={t("selectAll")}
              checked={selection.state}
              onCheckedChange={(checked) => selection.onToggle(checked === true)}
            />
          </th>
        )}
        {hasDetails && (
          <th scope="col" className={cn(headCellClasses, "px-0")}>
            <span className="sr-only">{t("details")}</span>
          </th>
        )}
        {columns.map((column, index) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={sort?.columnId === column.id ? (sort.isDescending ? "descending" : "ascending") : undefined}
            className={cn(
              headCellClasses,
              index === 0 && "left-0 z-30 pl-4",
              index === columns.length - 1 && !hasActions && "pr-4",
              isNumericKind(column.kind) && "text-right",
            )}
          >
            <HeadLabel column={column} sort={sort} onSort={onSort} />
          </th>
        ))}
        {hasActions && (
          <th scope="col" className={cn(headCellClasses, "right-0")}>
            <span className="sr-only">{t("actions")}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

type HeadLabelProps<TRow> = Pick<TableHeadRowProps<TRow>, "sort" | "onSort"> & { column: DataColumn<TRow> };

function HeadLabel<TRow>({ column, sort, onSort }: HeadLabelProps<TRow>) {
  if (column.isSortable === false) return <span title={column.hint}>{column.header}</span>;
  const isSorted = sort?.columnId === column.id;
  const Arrow = isSorted && !sort.isDescending ? ArrowUpIcon : ArrowDownIcon;
  const arrow = (
    <Arrow
      aria-hidden="true"
      className={cn(
        "size-3 shrink-0 transition-opacity duration-100",
        !isSorted && "opacity-0 group-hover/head:opacity-50 group-focus-visible/head:opacity-50",
      )}
    />
  );
  const isNumeric = isNumericKind(column.kind);
  return (
    <button
      type="button"
      title={column.hint}
      onClick={() => onSort(column.id)}
      className={cn(
        "group/head -mx-1 inline-flex h-6 max-w-full items-center gap-1 rounded-sm px-1 hover:text-foreground",
        isSorted && "text-foreground",
      )}
    >
      {isNumeric && arrow}
      <span className="truncate">{column.header}</span>
      {!isNumeric && arrow}
    </button>
  );
}
