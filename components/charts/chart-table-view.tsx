"use client";

import type { ChartTable } from "@/components/charts/prepare/types";
import { cn } from "@/components/lib/cn";

type ChartTableViewProps = {
  table: ChartTable;
  caption: string;
  /** How a cell reads; `exact` goes to its title. */
  show: (cell: string | null, columnIndex: number) => { text: string; exact?: string };
  height: number;
};

/** The chart's figures in the chart's place: same height, so nothing jumps. */
export function ChartTableView({ table, caption, show, height }: ChartTableViewProps) {
  return (
    // Focusable, because a region that scrolls has to be reachable by keyboard.
    <section
      aria-label={caption}
      tabIndex={0}
      className="overflow-auto rounded-md border scrollbar-thin"
      style={{ height }}
    >
      <table className="w-full border-separate border-spacing-0 text-xs">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th
                key={column.id}
                scope="col"
                className={cn(
                  "sticky top-0 z-10 h-8 border-b bg-card px-3 text-left font-medium whitespace-nowrap text-muted-foreground",
                  column.isNumeric && "text-right",
                  index === 0 && "left-0 z-20",
                )}
              >
                <span className="name-text inline-block max-w-40 align-middle">{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) => {
                const { text, exact } = show(cell, index);
                const column = table.columns[index];
                return (
                  <td
                    key={column?.id}
                    title={exact}
                    className={cn(
                      "h-7 border-b px-3 whitespace-nowrap",
                      column?.isNumeric && "text-right tabular",
                      index === 0 && "sticky left-0 bg-card",
                    )}
                  >
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
