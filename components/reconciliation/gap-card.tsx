"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { useFormat } from "@/components/lib/use-format";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Money } from "@/components/ui/figure";
import type { DecimalText } from "@/components/lib/decimal";
import { gapReasons, type PriceCheck } from "@/server/reconciliation/schema";

/** Usage at list prices, then what tiers, and each reason, add or take off, down to the bill: exactly. */
export function GapCard({ check }: { check: PriceCheck }) {
  const t = useTranslations("reconciliation.gap");
  const reasons = useTranslations("reconciliation.reasons");
  const format = useFormat();
  const amountOf = new Map(check.reasons.map(({ code, amount }) => [code, amount]));
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription className="mt-1 max-w-3xl text-pretty">
            {t("description", {
              asOf: format.day(check.priceBook.asOf),
              settled: check.settledDays,
              begun: check.begunDays,
            })}
          </CardDescription>
        </div>
      </CardHeader>
      <dl className="grid px-4 pb-3 sm:px-5">
        <Step label={t("standard")} hint={t("standardHint")} amount={check.standardAmount} />
        <Step label={t("tiers")} hint={t("tiersHint")} amount={check.tierEffect} isChange />
        <Step label={t("expected")} hint={t("expectedHint")} amount={check.expected} isSum />
        {gapReasons.map((code) => {
          const amount = amountOf.get(code);
          if (amount === undefined) return null;
          return (
            <Step key={code} label={reasons(`${code}.name`)} hint={reasons(`${code}.text`)} amount={amount} isChange />
          );
        })}
        <Step label={t("billed")} hint={t("billedHint")} amount={check.billed} isSum />
      </dl>
    </Card>
  );
}

type StepProps = { label: string; hint: ReactNode; amount: DecimalText; isChange?: boolean; isSum?: boolean };

function Step({ label, hint, amount, isChange = false, isSum = false }: StepProps) {
  return (
    <div
      className={cn(
        "grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 border-t py-2.5 text-13 sm:grid-cols-[14rem_minmax(0,1fr)_auto]",
        isSum && "font-medium",
      )}
    >
      <dt className={cn(isChange && "sm:pl-4")}>{label}</dt>
      <dd className="text-pretty font-normal text-muted-foreground max-sm:order-last max-sm:col-span-2">{hint}</dd>
      <dd className="text-right">
        <Money value={amount} />
      </dd>
    </div>
  );
}
