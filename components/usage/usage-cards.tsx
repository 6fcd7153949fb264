"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatCard, StatGrid } from "@/components/layout/stat-card";
import { addDays, countDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { countText } from "@/components/usage/count-text";
import { useRangeName, useShortRange } from "@/components/usage/range-controls";
import type { DayRange, Totals } from "@/server/usage/schema";

type UsageCardsProps = { totals: Totals; previousRange: DayRange };

/** Money first, then what it was spent on. */
export function UsageCards({ totals, previousRange }: UsageCardsProps) {
  const t = useTranslations("usage.cards");
  const rangeName = useRangeName();
  const shortRange = useShortRange();
  const format = useFormat();
  const { requests, inputTokens, inputCachedTokens, outputTokens } = totals.usage;
  const cachedShare = quotient(inputCachedTokens, inputTokens);
  const days = countDays({ from: previousRange.from, to: addDays(previousRange.to, -1) });
  const perRequest = quotient(outputTokens, requests);
  return (
    <StatGrid>
      <StatCard
        label={t("spend", { range: rangeName })}
        value={totals.amount}
        previous={totals.previousAmount}
        previousLabel={shortRange({ from: previousRange.from, to: addDays(previousRange.to, -1) })}
      />
      <StatCard label={t("requests")} unit="count" value={countText(requests)}>
        {requests !== null && <Line>{t("perDay", { count: format.count(Math.round(requests / days)) })}</Line>}
      </StatCard>
      <StatCard label={t("inputTokens")} unit="count" value={countText(inputTokens)}>
        {cachedShare !== null && <Line>{t("cached", { share: format.share(cachedShare) })}</Line>}
      </StatCard>
      <StatCard label={t("outputTokens")} unit="count" value={countText(outputTokens)}>
        {perRequest !== null && <Line>{t("perRequest", { count: format.count(Math.round(perRequest)) })}</Line>}
      </StatCard>
    </StatGrid>
  );
}

/** Null where either is unknown, and where there is nothing to divide by. */
const quotient = (part: number | null, whole: number | null) => (part === null || !whole ? null : part / whole);

/** On one height with the change beside it. */
const Line = ({ children }: { children: ReactNode }) => <span className="-mt-1 block">{children}</span>;
