"use client";

import { useTranslations } from "next-intl";
import { PreviewList } from "@/components/imports/preview-list";
import { Money } from "@/components/ui/figure";
import type { ImportBudget } from "@/server/imports/schema";

const SHOWN = 12;

/** What projects may cost in a month from now on, and what they may until now. */
export function BudgetPreview({ budgets }: { budgets: readonly ImportBudget[] }) {
  const t = useTranslations("imports.preview");
  if (budgets.length === 0) return null;
  return (
    <PreviewList title={t("budgets")} rows={budgets} shown={SHOWN} note={t("budgetRule")}>
      {({ projectId, name, amount, before }) => (
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
      )}
    </PreviewList>
  );
}
