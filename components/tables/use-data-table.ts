"use client";

import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  type SortFn,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useLocale } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { isNumericKind } from "@/components/tables/prepare/layout";
import { compareValues, searchText } from "@/components/tables/prepare/sort-values";
import type { CellValue, DataColumn, DataTableProps, TableSort } from "@/components/tables/types";
import { useColumnChoice } from "@/components/tables/use-column-choice";

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

/** Sorting, search and column choice over the rows; what is left to draw, in order. */
export function useDataTable<TRow>(props: DataTableProps<TRow>) {
  const { columns, rows, rowKey } = props;
  const locale = useLocale();
  const [ownSort, setOwnSort] = useState<TableSort | null>(props.sort ?? null);
  const [ownQuery, setOwnQuery] = useState("");
  const sort = props.onSortChange ? (props.sort ?? null) : ownSort;
  const query = props.onQueryChange ? (props.query ?? "") : ownQuery;
  const appliedQuery = useDeferredValue(searchText(query.trim()));
  const { visibility, setVisible } = useColumnChoice(columns, props.rememberAs);

  const definitions = useMemo(() => toDefinitions(columns, locale), [columns, locale]);
  const data = useMemo(() => rows.map((row) => ({ row })), [rows]);
  const sorting: SortingState = useMemo(() => (sort ? [{ id: sort.columnId, desc: sort.isDescending }] : []), [sort]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => rowKey(row),
    state: { sorting, globalFilter: appliedQuery, columnVisibility: visibility },
    onSortingChange: (update) => {
      const next = typeof update === "function" ? update(sorting) : update;
      const first = next[0];
      const chosen = first ? { columnId: first.id, isDescending: first.desc } : null;
      (props.onSortChange ?? setOwnSort)(chosen);
    },
    globalFilterFn: (row, columnId, wanted: string) =>
      searchText(row.getValue<CellValue | undefined>(columnId) ?? null).includes(wanted),
    getColumnCanGlobalFilter: (column) => isSearched(columns.find((candidate) => candidate.id === column.id)),
    enableMultiSort: false,
  });
  const visibleColumns = columns.filter((column) => visibility[column.id] !== false);
  return {
    rows: table.getRowModel().rows.map((row) => ({ id: row.id, row: row.original.row })),
    visibleColumns,
    visibility,
    setVisible,
    sort,
    toggleSort: (columnId: string) => table.getColumn(columnId)?.toggleSorting(),
    query,
    setQuery: props.onQueryChange ?? setOwnQuery,
  };
}

type Wrapped<TRow> = { row: TRow };

function toDefinitions<TRow>(columns: readonly DataColumn<TRow>[], locale: string) {
  const helper = createColumnHelper<typeof features, Wrapped<TRow>>();
  const collator = new Intl.Collator(locale, { numeric: true });
  return columns.map((column) => {
    const kind = column.kind ?? "text";
    const sortFn: SortFn<typeof features, Wrapped<TRow>> = (a, b) =>
      compareValues(column.value(a.original.row), column.value(b.original.row), kind, collator);
    // Undefined, not null, is what the table knows to keep last in both directions.
    return helper.accessor(({ row }): unknown => column.value(row) ?? undefined, {
      id: column.id,
      header: column.header,
      sortFn,
      sortUndefined: "last",
      sortDescFirst: isNumericKind(kind) || kind === "day" || kind === "instant",
      enableSorting: column.isSortable ?? true,
      enableHiding: column.isHideable ?? true,
    });
  });
}

function isSearched<TRow>(column: DataColumn<TRow> | undefined): boolean {
  return column?.isSearchable ?? (column?.kind ?? "text") === "text";
}
