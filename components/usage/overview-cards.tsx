"use client";

import { useFormatter, useTranslations } from "next-intl";
import { StatCard, StatGrid } from "@/components/layout/stat-card";
import { addDays, previousRange } from "@/components/lib/date-range";
import { Count } from "@/components/ui/figure";
import { countText } from "@/components/usage/count-text";
import { useRangeName, useShortRange } from "@/components/usage/range-controls";
import type { Overview } from "@/server/usage/schema";

/** How much, and whether that is usual: this month, the range, yesterday, and what was done for it. */
export function OverviewCards({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const shortRange = useShortRange();
  const { dateTime } = useFormatter();
  const rangeName = useRangeName();
  const { monthToDate, totals, yesterday, previousRange: before } = overview;
  const month = { from: monthToDate.from, to: addDays(monthToDate.to, -1) };
  const monthBefore = previousRange(month);
  const dayBefore = addDays(month.to, -1);
  const weekday = dateTime(new Date(`${dayBefore}T00:00:00Z`), { weekday: "long", timeZone: "UTC" });
  const { usage } = totals;
  return (
    <StatGrid>
      <StatCard
        label={t("monthToDate")}
        value={monthToDate.amount}
        previous={monthToDate.previousAmount}
        previousLabel={shortRange(monthBefore)}
        hint={t("monthToDateHint")}
      />
      <StatCard
        label={rangeName}
        value={totals.amount}
        previous={totals.previousAmount}
        previousLabel={shortRange({ from: before.from, to: addDays(before.to, -1) })}
      />
      <StatCard
        label={t("yesterday")}
        value={yesterday.amount}
        previous={yesterday.usualAmount}
        previousLabel={t("usualWeekday", { weekday })}
        hint={t("usualHint")}
      />
      <StatCard label={t("requests")} unit="count" value={countText(usage.requests)}>
        <span className="-mt-1 flex flex-wrap gap-x-3">
          <span>
            {t.rich("inputTokens", { count: () => <Count value={usage.inputTokens} className="text-foreground" /> })}
          </span>
          <span>
            {t.rich("outputTokens", { count: () => <Count value={usage.outputTokens} className="text-foreground" /> })}
          </span>
        </span>
      </StatCard>
    </StatGrid>
  );
}
