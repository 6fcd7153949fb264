"use client";

import { useTranslations } from "next-intl";
import { Money } from "@/components/ui/figure";
import type { ImportBudget } from "@/server/imports/schema";

const SHOWN = 12;

/** What projects may cost in a month from now on, and what they may until now. */
export function BudgetPreview({ budgets }: { budgets: readonly ImportBudget[] }) {
  const t = useTranslations("imports.preview");
  if (budgets.length === 0) return null;
  return (
    <section aria-label={t("budgets")} className="min-w-0 rounded-lg border">
      <h3 className="border-b px-3.5 py-2 text-xs font-medium text-muted-foreground">{t("budgets")}</h3>
      <ul className="px-3.5 py-1.5 text-13">
        {budgets.slice(0, SHOWN).map(({ projectId, name, amount, before }) => (
          <li key={projectId} className="flex flex-wrap justify-between gap-x-3 py-1">
            <span dir="auto" className="name-text min-w-0" title={projectId}>
              {name ?? projectId}
            </span>
            <span className="shrink-0">
              {before !== null && before !== amount && (
                <span className="me-2 text-muted-foreground">
                  {t.rich("budgetBefore", { amount: () => <Money value={before} /> })}
                </span>
              )}
              {amount === null ? t("budgetNone") : <Money value={amount} />}
            </span>
          </li>
        ))}
        {budgets.length > SHOWN && (
          <li className="py-1 text-muted-foreground">{t("more", { count: budgets.length - SHOWN })}</li>
        )}
      </ul>
      <p className="border-t px-3.5 py-2 text-xs text-pretty text-muted-foreground">{t("budgetRule")}</p>
    </section>
  );
}
