"use client";

import { useTranslations } from "next-intl";
import type { ClipboardEvent } from "react";
import { cn } from "@/components/lib/cn";
import type { DecimalText } from "@/components/lib/decimal";
import { plainMoney, UNKNOWN_MARK } from "@/components/lib/format-money";
import { useFormat } from "@/components/lib/use-format";

type FigureProps = { value: DecimalText | null | undefined; className?: string };

/** An amount for reading; every stored digit on hover, and on copying it alone. Credits say that they are. */
export function Money({ value, className }: FigureProps) {
  const format = useFormat();
  const t = useTranslations("ui");
  if (value === null || value === undefined) return <UnknownMark className={className} />;
  const isCredit = value.startsWith("-") && Number(value) !== 0;
  const exact = format.moneyExact(value);
  return (
    <span
      className={cn("tabular", className)}
      title={isCredit ? `${t("credit")}: ${exact}` : exact}
      onCopy={(event) => copyExact(event, plainMoney(value))}
    >
      {isCredit && <span className="sr-only">{t("credit")} </span>}
      {format.money(value)}
    </span>
  );
}

/** How much more or less, with its sign; every digit on hover and copy. More is neither good nor bad by itself. */
export function Difference({ value, className }: FigureProps) {
  const format = useFormat();
  if (value === null || value === undefined) return <UnknownMark className={className} />;
  return (
    <span
      className={cn("tabular", className)}
      title={format.differenceExact(value)}
      onCopy={(event) => copyExact(event, plainMoney(value))}
    >
      {format.difference(value)}
    </span>
  );
}

/** A count or an amount of tokens, compact; exact on hover and copy. */
export function Count({ value, className }: { value: DecimalText | number | null | undefined; className?: string }) {
  const format = useFormat();
  if (value === null || value === undefined) return <UnknownMark className={className} />;
  return (
    <span
      className={cn("tabular", className)}
      title={format.countExact(value)}
      onCopy={(event) => copyExact(event, String(value))}
    >
      {format.count(value)}
    </span>
  );
}

/** Where no figure is known. Quiet, explained on hover, and never a zero. */
export function UnknownMark({ className, hint }: { className?: string; hint?: string }) {
  const t = useTranslations("ui");
  return (
    <span className={cn("text-muted-foreground", className)} title={hint ?? t("unknownHint")}>
      <span aria-hidden="true">{UNKNOWN_MARK}</span>
      <span className="sr-only">{t("unknown")}</span>
    </span>
  );
}

/** Only when nothing beyond the figure is selected: a copied table keeps its own text. */
function copyExact(event: ClipboardEvent<HTMLElement>, exact: string) {
  const selected = window.getSelection()?.toString().trim();
  if (!selected || !event.currentTarget.textContent?.includes(selected)) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", exact);
}
