"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ExportMenu } from "@/components/exports/export-menu";
import { spendSections } from "@/components/exports/export-path";
import { AnomalyCard } from "@/components/anomalies/anomaly-card";
import { useAnomalies } from "@/components/anomalies/use-anomalies";
import { ForecastCard } from "@/components/forecasts/forecast-card";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Attention } from "@/components/usage/attention";
import { PinnedViews } from "@/components/explore/pinned-views";
import { DataPage } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { MemberColors } from "@/components/usage/member-colors";
import { NothingYet } from "@/components/usage/nothing-yet";
import { OverviewCards } from "@/components/usage/overview-cards";
import { UsageRangeProvider, useUsageRange } from "@/components/usage/range-context";
import { OverviewSkeleton } from "@/components/usage/skeletons";
import { ReconcileLink } from "@/components/usage/reconcile-link";
import { SpendChart } from "@/components/usage/spend-chart";
import { TopMembers } from "@/components/usage/top-members";
import { breakdownDimensions } from "@/server/usage/constants";

export function OverviewClient({ today }: { today: Day }) {
  const t = useTranslations("nav");
  return (
    <UsageRangeProvider today={today}>
      <DataPage
        title={t("overview")}
        freshness={<OverviewFreshness />}
        actions={<ExportMenu sections={spendSections("day,project")} />}
        skeleton={<OverviewSkeleton />}
      >
        <OverviewFigures />
      </DataPage>
    </UsageRangeProvider>
  );
}

function useOverview() {
  const org = useOrg();
  const { query: range } = useUsageRange();
  return useSuspenseQuery(useTRPC().usage.overview.queryOptions({ org: org.slug, range })).data;
}

const OverviewFreshness = () => <FreshnessMark freshness={useOverview().freshness} />;

function OverviewFigures() {
  const t = useTranslations("overview");
  const overview = useOverview();
  const { totals, series, top, freshness, otherCurrencies } = overview;
  const anomalies = useAnomalies(useUsageRange().query);
  const attention = <Attention freshness={freshness} otherCurrencies={otherCurrencies} />;
  if (freshness.asOf === null && totals.amount === null) {
    return (
      <>
        {attention}
        <NothingYet state={freshness.state} />
      </>
    );
  }
  return (
    <>
      {attention}
      <OverviewCards overview={overview} />
      <ForecastCard />
      <PinnedViews />
      <MemberColors dimension="project" members={[...series.members, ...top.project]}>
        <SpendChart
          title={t("chart")}
          series={series}
          total={totals.amount}
          asOf={freshness.asOf}
          dimension="project"
          height={320}
          anomalies={anomalies}
        />
      </MemberColors>
      <div className="grid gap-4 lg:grid-cols-2">
        {breakdownDimensions.map((dimension) => (
          <TopMembers
            key={dimension}
            dimension={dimension}
            rows={top[dimension]}
            total={totals.amount}
            alongside={dimension === "project" ? series.members : undefined}
          />
        ))}
      </div>
      <AnomalyCard anomalies={anomalies} />
      <div className="px-1">
        <ReconcileLink />
      </div>
    </>
  );
}
