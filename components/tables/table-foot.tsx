"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { isNumericKind } from "@/components/tables/prepare/layout";
import { CellFigure } from "@/components/tables/table-cell-content";
import type { DataColumn } from "@/components/tables/types";

type TableFootProps<TRow> = {
  columns: readonly DataColumn<TRow>[];
  hasSelection: boolean;
  hasDetails?: boolean;
  hasActions: boolean;
};

const footCell = "sticky bottom-0 z-20 h-10 border-t bg-card px-3 font-medium";

/** The totals row: the server's figures, not sums of what happens to be loaded. */
export function TableFoot<TRow>({ columns, hasSelection, hasDetails = false, hasActions }: TableFootProps<TRow>) {
  const t = useTranslations("tables");
  return (
    <tfoot>
      <tr>
        {hasSelection && <td className={footCell} />}
        {hasDetails && <td className={footCell} />}
        {columns.map((column, index) => (
          <td
            key={column.id}
            className={cn(
              footCell,
              index === 0 && "left-0 z-30 pl-4",
              index === columns.length - 1 && !hasActions && "pr-4",
              isNumericKind(column.kind) && "text-right tabular",
            )}
          >
            {index === 0 ? t("total") : null}
            {index > 0 && column.total !== undefined && (
              <CellFigure value={column.total} kind={column.kind ?? "text"} />
            )}
          </td>
        ))}
        {hasActions && <td className={footCell} />}
      </tr>
    </tfoot>
  );
}
