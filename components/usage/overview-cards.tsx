"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { StatCard, StatGrid } from "@/components/layout/stat-card";
import { addDays, previousRange } from "@/components/lib/date-range";
import { Count, Difference } from "@/components/ui/figure";
import { useOrg } from "@/components/orgs/org-context";
import { countText } from "@/components/usage/count-text";
import { useRangeName, useShortRange } from "@/components/usage/range-controls";
import { useUsageRange } from "@/components/usage/range-context";
import { useMemberLabel } from "@/components/usage/use-member-words";
import type { Overview } from "@/server/usage/schema";

/** How much, and whether that is usual: this month, the range, yesterday, and what was done for it. */
export function OverviewCards({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const shortRange = useShortRange();
  const { dateTime } = useFormatter();
  const rangeName = useRangeName();
  const { monthToDate, totals, yesterday, largestChange, previousRange: before } = overview;
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
      >
        {largestChange && <LargestChange change={largestChange} />}
      </StatCard>
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

/** Who moved most, and the way to everything that moved. */
function LargestChange({ change: { member, difference } }: { change: NonNullable<Overview["largestChange"]> }) {
  const t = useTranslations("overview");
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  const label = useMemberLabel();
  const params = new URLSearchParams(suffix);
  params.set("compare", "previous_period");
  params.set("why", "true");
  return (
    <span className="-mt-1 flex min-w-0 items-baseline gap-x-1.5 max-sm:flex-wrap" title={t("largestChangeHint")}>
      <span className="name-text min-w-0">{label(member)}</span>
      <span className="text-foreground">
        <Difference value={difference} />
      </span>
      <Link
        href={`/${slug}/explore?${params}`}
        aria-label={t("whyChanged")}
        className="rounded-sm font-medium text-primary-text underline-offset-4 hover:underline"
      >
        {t("why")}
      </Link>
    </span>
  );
}
