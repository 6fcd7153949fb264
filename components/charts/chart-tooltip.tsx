"use client";

import { TrendingDownIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { EntityDot } from "@/components/charts/entity-dot";
import type { TooltipContent } from "@/components/charts/prepare/tooltip-rows";
import type { ChartUnit } from "@/components/charts/prepare/types";
import { useUnitFormat } from "@/components/charts/use-unit-format";
import { cn } from "@/components/lib/cn";
import type { BucketLength } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";

const MAX_ROWS = 10;
const changeWords = {
  hour: "changeFromBeforeHour",
  day: "changeFromBefore",
  week: "changeFromBeforeWeek",
  month: "changeFromBeforeMonth",
  quarter: "changeFromBeforeQuarter",
} as const;

type ChartTooltipProps = { content: TooltipContent; unit: ChartUnit; granularity: BucketLength };

export function ChartTooltip({ content, unit, granularity }: ChartTooltipProps) {
  const t = useTranslations("charts");
  const format = useFormat();
  const figures = useUnitFormat(unit);
  const title = granularity === "day" ? format.day(content.day, "long") : format.bucket(content.day, granularity);
  const { change } = content;
  return (
    <div className="min-w-52 max-w-80 rounded-lg border bg-popover px-3 py-2.5 text-xs text-popover-foreground shadow-overlay">
      <p className="flex items-center justify-between gap-4 font-medium">
        {title}
        {content.isOpen && <span className="font-normal text-muted-foreground">{t("stillMoving")}</span>}
      </p>
      {content.isGap ? (
        <p className="mt-1 text-muted-foreground">{t("noData")}</p>
      ) : (
        <table className="mt-2 w-full border-separate border-spacing-y-0.5">
          <tbody>
            {content.rows.slice(0, MAX_ROWS).map((row) => (
              <tr key={row.id}>
                <td className="max-w-44 pr-4">
                  <span className="flex items-center gap-2">
                    <EntityDot color={row.color} />
                    <span className="name-text">{row.label}</span>
                  </span>
                </td>
                <td className="text-right tabular">{figures.value(row.value)}</td>
                <td className="w-12 pl-3 text-right tabular text-muted-foreground">{format.share(row.share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {content.rows.length > MAX_ROWS && (
        <p className="text-muted-foreground">{t("moreRows", { count: content.rows.length - MAX_ROWS })}</p>
      )}
      {!content.isGap && (
        <p className="mt-1.5 flex justify-between gap-4 border-t pt-1.5 font-medium">
          {t("total")}
          <span className="tabular">{figures.value(content.total)}</span>
        </p>
      )}
      {content.previous && (
        <p className="mt-0.5 flex justify-between gap-4 text-muted-foreground">
          {content.previous.label}
          <span className="tabular">{figures.value(content.previous.value)}</span>
        </p>
      )}
      {content.marks.map(({ text, isQuiet }) => (
        <p key={text} className={cn("mt-1.5 flex gap-1.5", isQuiet ? "text-muted-foreground" : "text-warning-text")}>
          <MarkIcon isQuiet={isQuiet} />
          {text}
        </p>
      ))}
      {(change.kind === "up" || change.kind === "down") && (
        <p className="mt-0.5 text-muted-foreground">
          {t(changeWords[granularity], { change: format.change(change.ratio) })}
        </p>
      )}
    </div>
  );
}

function MarkIcon({ isQuiet = false }: { isQuiet?: boolean }) {
  const Icon = isQuiet ? TrendingDownIcon : TriangleAlertIcon;
  return <Icon aria-hidden="true" className="mt-px size-3.5 shrink-0" />;
}
