"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatCard, StatGrid } from "@/components/layout/stat-card";
import { addDays, countDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { useRangeName, useShortRange } from "@/components/usage/range-controls";
import type { DayRange, Totals } from "@/server/usage/schema";

type UsageCardsProps = { totals: Totals; previousRange: DayRange };

/** Money first, then what it was spent on. */
export function UsageCards({ totals, previousRange }: UsageCardsProps) {
  const t = useTranslations("usage.cards");
  const rangeName = useRangeName();
  const shortRange = useShortRange();
  const format = useFormat();
  const { usage } = totals;
  const cachedShare = usage && usage.inputTokens > 0 ? usage.inputCachedTokens / usage.inputTokens : null;
  const days = countDays({ from: previousRange.from, to: addDays(previousRange.to, -1) });
  const perRequest = usage && usage.requests > 0 ? usage.outputTokens / usage.requests : null;
  return (
    <StatGrid>
      <StatCard
        label={t("spend", { range: rangeName })}
        value={totals.amount}
        previous={totals.previousAmount}
        previousLabel={shortRange({ from: previousRange.from, to: addDays(previousRange.to, -1) })}
      />
      <StatCard label={t("requests")} unit="count" value={usage && String(usage.requests)}>
        {usage && <Line>{t("perDay", { count: format.count(Math.round(usage.requests / days)) })}</Line>}
      </StatCard>
      <StatCard label={t("inputTokens")} unit="count" value={usage && String(usage.inputTokens)}>
        {cachedShare !== null && <Line>{t("cached", { share: format.share(cachedShare) })}</Line>}
      </StatCard>
      <StatCard label={t("outputTokens")} unit="count" value={usage && String(usage.outputTokens)}>
        {perRequest !== null && <Line>{t("perRequest", { count: format.count(Math.round(perRequest)) })}</Line>}
      </StatCard>
    </StatGrid>
  );
}

/** On one height with the change beside it. */
const Line = ({ children }: { children: ReactNode }) => <span className="-mt-1 block">{children}</span>;
