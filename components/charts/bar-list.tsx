"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useEntityColors } from "@/components/charts/entity-colors";
import { type BarListItem, type BarRow, prepareBarList } from "@/components/charts/prepare/bar-list";
import type { ChartUnit } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import type { DecimalText } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";

type BarListProps = {
  items: readonly BarListItem[];
  unit: ChartUnit;
  /** What shares are of; the sum of the items when left out. */
  total?: DecimalText | null;
  "aria-label": string;
};

/**
 * Tremor's bar list, redrawn: theirs sorts and prints floats and knows named colours only, ours keeps exact texts and
 * an entity's own colour.
 */
export function BarList({ items, unit, total, ...props }: BarListProps) {
  const colors = useEntityColors();
  const rows = useMemo(() => prepareBarList(items, { total, colors }), [items, total, colors]);
  return (
    <ol aria-label={props["aria-label"]} className="flex flex-col gap-1">
      {rows.map((row) => (
        <BarListRow key={row.key} row={row} unit={unit} />
      ))}
    </ol>
  );
}

function BarListRow({ row, unit }: { row: BarRow; unit: ChartUnit }) {
  const t = useTranslations("charts");
  const format = useFormat();
  const figures = useUnitFormat(unit);
  const name = <span className="name-text block">{row.label}</span>;
  return (
    <li className="group relative flex h-8 items-center gap-3 text-13">
      <span className="relative flex h-full min-w-0 flex-1 items-center rounded-sm px-2 group-hover:bg-accent">
        <span
          aria-hidden="true"
          className="absolute inset-y-0 left-0 rounded-sm opacity-20 dark:opacity-30"
          style={{ width: `${row.widthPercent}%`, backgroundColor: row.color }}
        />
        <span
          aria-hidden="true"
          className="absolute inset-y-1.5 left-0 w-0.5 rounded-full"
          style={{ backgroundColor: row.color }}
        />
        <span className="relative min-w-0 flex-1">
          {row.href ? (
            <Link href={row.href} className="block rounded-sm after:absolute after:-inset-2 hover:underline">
              {name}
            </Link>
          ) : (
            name
          )}
        </span>
        {row.hint && (
          <span className="name-text relative ml-2 max-w-[45%] text-xs text-foreground/90 max-sm:hidden">
            {row.hint}
          </span>
        )}
      </span>
      <span className="min-w-18 text-right tabular" title={figures.exact(row.value)}>
        {figures.value(row.value)}
      </span>
      <span className="w-12 text-right text-xs text-muted-foreground tabular">
        <span className="sr-only">{t("share")} </span>
        {format.share(row.share)}
      </span>
    </li>
  );
}
