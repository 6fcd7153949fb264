"use client";

import { useTranslations } from "next-intl";
import { UsageBar } from "@/components/charts/usage-bar";
import { ratioOf } from "@/components/lib/decimal";
import { useFormat } from "@/components/lib/use-format";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Money } from "@/components/ui/figure";
import { useMemberLabel } from "@/components/usage/use-member-words";
import type { MemberAround } from "@/server/usage/schema";

/** How far the running month's budgets are used up; nothing where there is none. */
export function BudgetCard({ budgets }: { budgets: MemberAround["budgets"] }) {
  const t = useTranslations("usage.around");
  if (budgets.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("budget")}</CardTitle>
        <CardDescription>{t("budgetNote")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        {budgets.map((budget) => (
          <Budget key={budget.project.key} {...budget} />
        ))}
      </CardContent>
    </Card>
  );
}

function Budget({ project, month, amount, spent, unknownDays }: MemberAround["budgets"][number]) {
  const t = useTranslations("usage.around");
  const format = useFormat();
  const name = useMemberLabel()(project);
  return (
    <div className="grid gap-2 text-13">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="min-w-0">
          <span className="name-text">{name}</span>
          <span className="text-muted-foreground">, {format.bucket(month, "month")}</span>
        </span>
        <span>
          {t.rich("spentOf", { spent: () => <Money value={spent} />, amount: () => <Money value={amount} /> })}{" "}
          {unknownDays === 0 && <span className="text-muted-foreground">({format.share(ratioOf(spent, amount))})</span>}
        </span>
      </p>
      <UsageBar label={t("budgetOf", { name })} unit="usd" used={spent} limit={amount} />
      {spent !== null && unknownDays > 0 && (
        <p className="text-xs text-muted-foreground">{t("budgetUnknown", { count: unknownDays })}</p>
      )}
    </div>
  );
}
