"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { CheckIcon, TrendingUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { AnomalyFilters } from "@/components/anomalies/anomaly-filters";
import { AnomalyList } from "@/components/anomalies/anomaly-list";
import { anomalyParams, chooseAnomalies } from "@/components/anomalies/anomaly-params";
import { EmptyState } from "@/components/layout/empty-state";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Card } from "@/components/ui/card";
import { Attention } from "@/components/usage/attention";
import { DataPage } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { NothingYet } from "@/components/usage/nothing-yet";
import { UsageRangeProvider, useUsageRange } from "@/components/usage/range-context";
import { ListCardSkeleton } from "@/components/usage/skeletons";
import { BASELINE_WEEKS, LEAST_WEEKS } from "@/server/anomalies/constants";

/** Everything that stands out in a range, what was said about it, and what it can be told by. */
export function AnomaliesPage({ today }: { today: Day }) {
  const t = useTranslations("anomalies");
  return (
    <UsageRangeProvider today={today}>
      <DataPage
        title={t("pageTitle")}
        description={t("pageDescription", { weeks: BASELINE_WEEKS })}
        freshness={<AnomaliesFreshness />}
        skeleton={<ListCardSkeleton rows={6} />}
      >
        <FoundAnomalies />
      </DataPage>
    </UsageRangeProvider>
  );
}

function useFound() {
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  return useSuspenseQuery(useTRPC().anomalies.list.queryOptions({ org: slug, range })).data;
}

const AnomaliesFreshness = () => <FreshnessMark freshness={useFound().freshness} />;

function FoundAnomalies() {
  const t = useTranslations("anomalies");
  const { anomalies, historyDays, freshness } = useFound();
  const [asked] = useQueryStates(anomalyParams);
  const { shown, counts } = chooseAnomalies(anomalies, asked);
  if (freshness.asOf === null && anomalies.length === 0) return <NothingYet state={freshness.state} />;
  const isFiltered = anomalies.length > 0;
  return (
    <>
      <Attention freshness={freshness} />
      <AnomalyFilters counts={counts} />
      {shown.length > 0 ? (
        <Card role="region" aria-label={t("title")}>
          <AnomalyList anomalies={shown} />
        </Card>
      ) : (
        <EmptyState
          icon={isFiltered ? TrendingUpDownIcon : CheckIcon}
          title={t(isFiltered ? "noneOfThese" : "none")}
          description={
            historyDays < 7 * LEAST_WEEKS
              ? t("shortHistory", { days: historyDays })
              : t(isFiltered ? "tryOthers" : "noneText")
          }
        />
      )}
    </>
  );
}
