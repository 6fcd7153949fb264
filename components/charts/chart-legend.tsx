"use client";

import { ArrowUpRightIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, type MouseEvent, useMemo } from "react";
import { EntityDot } from "@/components/charts/entity-dot";
import type { ChartUnit, Series } from "@/components/charts/prepare/types";
import { isolateSeries, toggleSeries } from "@/components/charts/prepare/visibility";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { cn } from "@/components/lib/cn";

type ChartLegendProps = {
  series: readonly Series[];
  hidden: ReadonlySet<string>;
  onHiddenChange: (hidden: ReadonlySet<string>) => void;
  unit: ChartUnit;
};

/** Press shows or hides a series, shift-press (or shift-enter) leaves it alone; the arrow opens its own view. */
export function ChartLegend({ series, hidden, onHiddenChange, unit }: ChartLegendProps) {
  const t = useTranslations("charts");
  const figures = useUnitFormat(unit);
  const keys = useMemo(() => series.map((one) => one.key), [series]);
  const press = (event: MouseEvent, key: string) =>
    onHiddenChange(event.shiftKey ? isolateSeries(hidden, key, keys) : toggleSeries(hidden, key, keys));
  const isolateByKey = (event: KeyboardEvent, key: string) => {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    onHiddenChange(isolateSeries(hidden, key, keys));
  };
  return (
    <ul aria-label={t("legend")} className="-ml-1.5 flex flex-wrap gap-x-1 gap-y-0.5 text-xs">
      {series.map((one) => (
        <li key={one.key} className="group flex min-w-0 max-w-full items-center">
          <button
            type="button"
            aria-pressed={!hidden.has(one.key)}
            title={t("legendHint")}
            onClick={(event) => press(event, one.key)}
            onKeyDown={(event) => isolateByKey(event, one.key)}
            className={cn(
              "flex h-6 min-w-0 items-center gap-1.5 rounded-sm px-1.5 transition-colors duration-100 hover:bg-accent",
              hidden.has(one.key) && "text-muted-foreground line-through decoration-border-strong",
            )}
          >
            <EntityDot color={hidden.has(one.key) ? "var(--track)" : one.color} />
            <span className="name-text max-w-48">{one.label}</span>
            <span className="text-muted-foreground tabular" title={figures.exact(one.total)}>
              {figures.value(one.total)}
            </span>
          </button>
          {one.href && (
            <Link
              href={one.href}
              aria-label={t("open", { name: one.label })}
              className="grid size-5 place-content-center rounded-sm text-muted-foreground opacity-0 transition-opacity duration-100 group-hover:opacity-100 hover:text-foreground focus-visible:opacity-100"
            >
              <ArrowUpRightIcon className="size-3.5" />
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
