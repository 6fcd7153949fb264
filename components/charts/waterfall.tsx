"use client";

import type { WaterfallBar } from "@/components/charts/prepare/waterfall";
import { cn } from "@/components/lib/cn";
import { Difference, Money } from "@/components/ui/figure";

export type WaterfallRow = WaterfallBar & { label: string; hint?: string };

type WaterfallProps = { rows: readonly WaterfallRow[]; isCut: boolean; "aria-label": string };

/** Where an amount came from, step by step downwards. Direction is told by place and sign, not by colour alone. */
export function Waterfall({ rows, isCut, "aria-label": label }: WaterfallProps) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {rows.map((row) => (
        <WaterfallLine key={row.key} row={row} isCut={isCut} />
      ))}
    </ol>
  );
}

const fills = { level: "bg-chart-1", up: "bg-chart-2", down: "bg-chart-3", none: "bg-border-strong" } as const;

function WaterfallLine({ row, isCut }: { row: WaterfallRow; isCut: boolean }) {
  const isLevel = row.kind === "level";
  return (
    <li
      className={cn(
        "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-1.5 text-13 sm:h-9 sm:grid-cols-[11rem_minmax(0,1fr)_7rem] sm:py-0",
        isLevel && "font-medium",
      )}
    >
      <span className="min-w-0 truncate" title={row.hint}>
        {row.label}
      </span>
      <span aria-hidden="true" className="relative h-3 rounded-sm bg-muted max-sm:order-last max-sm:col-span-2 sm:h-4">
        <span
          className={cn(
            "absolute inset-y-0 min-w-0.5 rounded-xs",
            fills[row.kind],
            // The beginning of what was cut off fades.
            isLevel && isCut && "mask-l-from-70% mask-l-to-100%",
          )}
          style={{ left: `${row.startPercent}%`, width: `${row.widthPercent}%` }}
        />
      </span>
      <span className="text-right">{isLevel ? <Money value={row.amount} /> : <Difference value={row.amount} />}</span>
    </li>
  );
}
