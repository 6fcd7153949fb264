"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { isNumericKind } from "@/components/tables/prepare/layout";
import { TableCellContent } from "@/components/tables/table-cell-content";
import type { DataColumn } from "@/components/tables/types";
import { rowPrimaryAttribute } from "@/components/tables/use-row-keys";
import { Checkbox } from "@/components/ui/checkbox";

type TableBodyRowProps<TRow> = {
  row: TRow;
  index: number;
  /** In pixels. */
  height: number;
  columns: readonly DataColumn<TRow>[];
  href: string | undefined;
  onOpen: ((row: TRow) => void) | undefined;
  actions: ReactNode;
  hasActions: boolean;
  /** In a table whose rows open: the button of this one, if there is anything behind it. */
  expand?: { button: ReactNode };
  selection?: { isSelected: boolean; onToggle: (isSelected: boolean) => void };
};

const bodyCell = "border-b px-3 transition-colors duration-100 group-hover/row:bg-muted";

export function TableBodyRow<TRow>(props: TableBodyRowProps<TRow>) {
  const { row, index, columns, href, onOpen, selection, hasActions } = props;
  const t = useTranslations("tables");
  const router = useRouter();
  const isOpenable = href !== undefined || onOpen !== undefined;
  const openByPointer = (event: MouseEvent<HTMLElement>) => {
    if (!isOpenable || isOwnControl(event) || window.getSelection()?.toString()) return;
    if (!href) onOpen?.(row);
    else if (event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
    else router.push(href);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={selection?.isSelected}
      onClick={openByPointer}
      style={{ height: props.height }}
      className={cn("group/row", isOpenable && "cursor-pointer", selection?.isSelected && "[&>td]:bg-primary-soft")}
    >
      {selection && (
        <td className={cn(bodyCell, "pr-0 pl-4")}>
          <Checkbox
            aria-label={t("selectRow")}
            checked={selection.isSelected}
            onCheckedChange={(checked) => selection.onToggle(checked === true)}
          />
        </td>
      )}
      {props.expand && <td className={cn(bodyCell, "px-0 text-center")}>{props.expand.button}</td>}
      {columns.map((column, position) => {
        const content = <TableCellContent column={column} row={row} />;
        return (
          <td
            key={column.id}
            className={cn(
              bodyCell,
              "overflow-hidden",
              position === 0 && "sticky left-0 z-10 bg-card pl-4 font-medium",
              position === columns.length - 1 && !hasActions && "pr-4",
              column.kind && column.kind !== "text" && "whitespace-nowrap tabular",
              isNumericKind(column.kind) && "text-right",
            )}
          >
            {position === 0 ? <RowPrimary {...{ href, index, row, onOpen }}>{content}</RowPrimary> : content}
          </td>
        );
      })}
      {hasActions && (
        <td className={cn(bodyCell, "sticky right-0 z-10 bg-card pr-3 text-right")}>
          <span className="inline-flex justify-end gap-0.5 opacity-0 transition-opacity duration-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
            {props.actions}
          </span>
        </td>
      )}
    </tr>
  );
}

type RowPrimaryProps<TRow> = Pick<TableBodyRowProps<TRow>, "href" | "index" | "row" | "onOpen"> & {
  children: ReactNode;
};

/** The row's one tab stop: a real link, or a button where the row opens in place. */
function RowPrimary<TRow>({ href, index, row, onOpen, children }: RowPrimaryProps<TRow>) {
  const classes = "block w-full min-w-0 rounded-sm text-left";
  const mark = { [rowPrimaryAttribute]: index };
  if (href) {
    return (
      <Link href={href} prefetch={false} className={classes} {...mark}>
        {children}
      </Link>
    );
  }
  if (onOpen) {
    return (
      <button type="button" className={classes} onClick={() => onOpen(row)} {...mark}>
        {children}
      </button>
    );
  }
  return children;
}

/** Links, buttons and fields inside the row do their own thing. */
function isOwnControl(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target instanceof Element ? event.target : null;
  const control = target?.closest("a, button, input, label, [role='menuitem'], [role='checkbox']");
  return control !== null && control !== undefined;
}
