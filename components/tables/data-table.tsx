"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { Fragment, useCallback, useEffect, useId, useRef, useState } from "react";
import { cn } from "@/components/lib/cn";
import { toCsv } from "@/components/lib/csv";
import { downloadText, fileSlug } from "@/components/lib/download";
import { exportRows } from "@/components/tables/prepare/export-rows";
import { columnWidth, minTableWidth } from "@/components/tables/prepare/layout";
import { TableBodyRow } from "@/components/tables/table-body-row";
import { ExpandButton, TableDetailRow } from "@/components/tables/table-detail-row";
import { TableFoot } from "@/components/tables/table-foot";
import { TableHeadRow } from "@/components/tables/table-head";
import { SkeletonRows, TableMore, TableNothing } from "@/components/tables/table-states";
import { TableToolbar } from "@/components/tables/table-toolbar";
import type { DataTableProps } from "@/components/tables/types";
import { useDataTable } from "@/components/tables/use-data-table";
import { useRowKeys } from "@/components/tables/use-row-keys";

const VIRTUAL_FROM = 200;
const ROW_HEIGHT = 40;
const SELECT_WIDTH = 40;
const ACTIONS_WIDTH = 64;
const EXPAND_WIDTH = 40;

/** Rows that sort, search, scroll, lead somewhere, sum up and download. */
export function DataTable<TRow>(props: DataTableProps<TRow>) {
  const {
    label,
    rows: allRows,
    selection,
    rowDetail,
    hasToolbar = true,
    isLoading = false,
    rowHeight = ROW_HEIGHT,
  } = props;
  const t = useTranslations("tables");
  const scroller = useRef<HTMLDivElement>(null);
  const table = useDataTable(props);
  const { rows, visibleColumns: columns } = table;
  const hasActions = props.rowActions !== undefined;
  const isVirtual = rows.length > VIRTUAL_FROM;
  const id = useId();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const isOpen = (rowId: string) => rowDetail !== undefined && open.has(rowId);
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: isVirtual,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (isOpen(rows[index]?.id ?? "") ? (rowDetail?.height ?? 0) : 0),
    overscan: 12,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, open]);
  const items = virtualizer.getVirtualItems();
  const drawn = isVirtual ? items.map((item) => item.index) : rows.map((_, index) => index);
  const before = isVirtual ? (items[0]?.start ?? 0) : 0;
  const after = isVirtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? virtualizer.getTotalSize()) : 0;
  const scrollTo = useCallback(
    (index: number) => {
      if (isVirtual) virtualizer.scrollToIndex(index);
    },
    [isVirtual, virtualizer],
  );
  const onKeyDown = useRowKeys({ scroller, rowCount: rows.length, scrollTo });
  const download = () => {
    const name = fileSlug([label, props.fileSuffix].filter(Boolean).join(" "));
    const cells = exportRows(
      columns,
      rows.map(({ row }) => row),
    );
    downloadText(toCsv(cells), `${name}.csv`);
  };
  const toggle = (ids: readonly string[], isSelected: boolean) => {
    const next = new Set(selection?.selected);
    for (const id of ids) {
      if (isSelected) next.add(id);
      else next.delete(id);
    }
    selection?.onSelectedChange(next);
  };
  const toggleOpen = (rowId: string) => setOpen((before) => before.symmetricDifference(new Set([rowId])));
  const chosen = rows.filter(({ id }) => selection?.selected.has(id)).length;
  const extra = (selection ? SELECT_WIDTH : 0) + (hasActions ? ACTIONS_WIDTH : 0) + (rowDetail ? EXPAND_WIDTH : 0);
  const columnCount = columns.length + (selection ? 1 : 0) + (hasActions ? 1 : 0) + (rowDetail ? 1 : 0);

  return (
    <div data-slot="data-table" className="min-w-0">
      {hasToolbar && (
        <TableToolbar
          label={label}
          query={table.query}
          onQueryChange={table.setQuery}
          columns={props.columns}
          visibility={table.visibility}
          onVisibleChange={table.setVisible}
          onDownload={download}
          counts={{ shown: rows.length, total: allRows.length }}
        >
          {props.toolbar}
        </TableToolbar>
      )}
      <section
        ref={scroller}
        aria-label={label}
        // Focusable, because a region that scrolls has to be reachable by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
        className={cn(
          "relative overflow-auto rounded-b-lg scrollbar-thin focus-visible:-outline-offset-2",
          !hasToolbar && "rounded-t-lg",
        )}
        style={{ maxHeight: props.maxHeight ?? "max(24rem, calc(100dvh - 13rem))" }}
      >
        <table
          aria-rowcount={isVirtual ? rows.length + 1 : undefined}
          aria-busy={isLoading}
          className="w-full table-fixed border-separate border-spacing-0 text-13"
          style={{ minWidth: minTableWidth(columns, extra) }}
        >
          <caption className="sr-only">{label}</caption>
          <colgroup>
            {selection && <col style={{ width: SELECT_WIDTH }} />}
            {rowDetail && <col style={{ width: EXPAND_WIDTH }} />}
            {columns.map((column) => (
              <col key={column.id} style={{ width: columnWidth(column) }} />
            ))}
            {hasActions && <col style={{ width: ACTIONS_WIDTH }} />}
          </colgroup>
          <TableHeadRow
            columns={columns}
            sort={table.sort}
            onSort={table.toggleSort}
            hasActions={hasActions}
            hasDetails={rowDetail !== undefined}
            selection={
              selection && {
                state: chosen === 0 ? false : chosen === rows.length ? true : "indeterminate",
                onToggle: (isSelected) =>
                  toggle(
                    rows.map(({ id }) => id),
                    isSelected,
                  ),
              }
            }
          />
          <tbody className={cn(!props.hasTotals && "[&>tr:last-child>td]:border-b-0")}>
            {isLoading && <SkeletonRows columnCount={columnCount} />}
            {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
            {!isLoading &&
              drawn.map((index) => {
                const entry = rows[index];
                if (!entry) return null;
                const detailId = `${id}-${index}`;
                return (
                  <Fragment key={entry.id}>
                    <TableBodyRow
                      row={entry.row}
                      index={index}
                      height={rowHeight}
                      columns={columns}
                      href={props.rowHref?.(entry.row)}
                      onOpen={props.onRowOpen}
                      actions={props.rowActions?.(entry.row)}
                      hasActions={hasActions}
                      expand={
                        rowDetail && {
                          button: rowDetail.hasDetail(entry.row) && (
                            <ExpandButton
                              label={rowDetail.label(entry.row)}
                              isOpen={isOpen(entry.id)}
                              controls={detailId}
                              onToggle={() => toggleOpen(entry.id)}
                            />
                          ),
                        }
                      }
                      selection={
                        selection && {
                          isSelected: selection.selected.has(entry.id),
                          onToggle: (isSelected) => toggle([entry.id], isSelected),
                        }
                      }
                    />
                    {rowDetail && isOpen(entry.id) && (
                      <TableDetailRow id={detailId} columnCount={columnCount} height={rowDetail.height}>
                        {rowDetail.render(entry.row)}
                      </TableDetailRow>
                    )}
                  </Fragment>
                );
              })}
            {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
          </tbody>
          {props.hasTotals && rows.length > 0 && (
            <TableFoot
              columns={columns}
              hasSelection={selection !== undefined}
              hasDetails={rowDetail !== undefined}
              hasActions={hasActions}
            />
          )}
        </table>
        {!isLoading && rows.length === 0 && (
          <TableNothing>
            {table.query ? t("noMatch", { query: table.query }) : (props.empty ?? t("empty"))}
          </TableNothing>
        )}
        {props.more && <TableMore {...props.more} />}
      </section>
    </div>
  );
}
