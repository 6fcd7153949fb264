"use client";

import { ArrowDownRightIcon, ArrowUpRightIcon, MinusIcon, SparkleIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import type { DecimalText } from "@/components/lib/decimal";
import { changeBetween } from "@/components/lib/format-change";
import { useFormat } from "@/components/lib/use-format";

type ChangeLabelProps = {
  current: DecimalText | null;
  previous: DecimalText | null;
  unit?: "usd" | "count";
  /** "the same days of last month" */
  period?: string;
  className?: string;
};

/** How a figure moved. Neutral in colour: more spend is neither good nor bad by itself. */
export function ChangeLabel({ current, previous, unit = "usd", period, className }: ChangeLabelProps) {
  const t = useTranslations("layout.change");
  const format = useFormat();
  const change = changeBetween(current, previous);
  const against = period ?? t("previousPeriod");
  const before = unit === "usd" ? format.moneyExact(previous) : format.countExact(previous);
  const icons = {
    up: ArrowUpRightIcon,
    down: ArrowDownRightIcon,
    same: MinusIcon,
    new: SparkleIcon,
    unknown: MinusIcon,
  };
  const Icon = icons[change.kind];
  const isMove = change.kind === "up" || change.kind === "down";
  const text = isMove ? format.change(change.ratio) : change.kind === "new" ? t("new") : null;
  const words =
    change.kind === "up" || change.kind === "down"
      ? t(change.kind, { change: format.change(Math.abs(change.ratio)).replace(/^\+/, ""), period: against })
      : change.kind === "new"
        ? t("newHint", { period: against })
        : t(change.kind, { period: against });
  return (
    <p
      className={cn("flex min-w-0 items-center gap-1 text-13 text-muted-foreground", className)}
      title={`${words} (${before})`}
    >
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      <span className="sr-only">{words}</span>
      {text && (
        <span aria-hidden="true" className="font-medium whitespace-nowrap text-foreground tabular">
          {text}
        </span>
      )}
      <span aria-hidden="true" className="truncate max-sm:text-xs">
        {isMove || change.kind === "new" ? t("against", { period: against }) : words}
      </span>
    </p>
  );
}
