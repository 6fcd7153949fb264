"use client";

import { useTranslations } from "next-intl";
import type { DecimalText } from "@/components/lib/decimal";
import { changeBetween } from "@/components/lib/format-change";
import { useFormat } from "@/components/lib/use-format";
import { UnknownMark } from "@/components/ui/figure";

type ChangeCellProps = { current: DecimalText | null; previous: DecimalText | null };

/** How an amount moved, as a cell; the amount before on hover. Uncoloured: more is neither good nor bad by itself. */
export function ChangeCell({ current, previous }: ChangeCellProps) {
  const t = useTranslations("usage");
  const format = useFormat();
  const change = changeBetween(current, previous);
  switch (change.kind) {
    case "unknown":
      return <UnknownMark hint={t("noPrevious")} />;
    case "new":
      return <span title={t("newHint")}>{t("new")}</span>;
    case "same":
      return <span className="text-muted-foreground">{format.share(0)}</span>;
    case "up":
    case "down":
      return <span title={t("before", { amount: format.moneyExact(previous) })}>{format.change(change.ratio)}</span>;
    default:
      return change satisfies never;
  }
}

/** What sorts like the cell reads; nothing known sorts last. */
export function changeRatio(current: DecimalText | null, previous: DecimalText | null): number | null {
  const change = changeBetween(current, previous);
  if (change.kind === "up" || change.kind === "down") return change.ratio;
  if (change.kind === "new") return Number.MAX_VALUE;
  return change.kind === "same" ? 0 : null;
}
