"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ExportMenu } from "@/components/exports/export-menu";
import { spendSections } from "@/components/exports/export-path";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Attention } from "@/components/usage/attention";
import { BreakdownTable } from "@/components/usage/breakdown-table";
import { DataPage } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { MemberColors } from "@/components/usage/member-colors";
import { dimensionPages } from "@/components/usage/member-path";
import { NothingYet } from "@/components/usage/nothing-yet";
import { UsageRangeProvider, useUsageRange } from "@/components/usage/range-context";
import { BreakdownSkeleton } from "@/components/usage/skeletons";
import { SpendChart } from "@/components/usage/spend-chart";
import { UsageCards } from "@/components/usage/usage-cards";
import type { BreakdownDimension } from "@/server/usage/schema";

/** What the rows of each page are grouped by, in the words of the export. */
const exportGroups: Record<BreakdownDimension, string> = {
  project: "project",
  user: "user",
  api_key: "key",
  model: "model",
};

type BreakdownPageProps = { dimension: BreakdownDimension; today: Day };

/** Projects, people, keys or models: totals, the days, and every single one. */
export function BreakdownPage({ dimension, today }: BreakdownPageProps) {
  const t = useTranslations(dimensionPages[dimension]);
  return (
    <UsageRangeProvider today={today}>
      <DataPage
        title={t("title")}
        freshness={<BreakdownFreshness dimension={dimension} />}
        actions={<ExportMenu sections={spendSections(exportGroups[dimension])} />}
        skeleton={<BreakdownSkeleton />}
      >
        <BreakdownFigures dimension={dimension} />
      </DataPage>
    </UsageRangeProvider>
  );
}

function useBreakdown(dimension: BreakdownDimension) {
  const org = useOrg();
  const { query: range } = useUsageRange();
  return useSuspenseQuery(useTRPC().usage.breakdown.queryOptions({ org: org.slug, dimension, range })).data;
}

function BreakdownFreshness({ dimension }: { dimension: BreakdownDimension }) {
  return <FreshnessMark freshness={useBreakdown(dimension).freshness} />;
}

function BreakdownFigures({ dimension }: { dimension: BreakdownDimension }) {
  const t = useTranslations(dimensionPages[dimension]);
  const breakdown = useBreakdown(dimension);
  const { totals, series, previousRange, freshness, otherCurrencies } = breakdown;
  const attention = <Attention freshness={freshness} otherCurrencies={otherCurrencies} />;
  if (freshness.asOf === null && breakdown.rows.length === 0) {
    return (
      <>
        {attention}
        <NothingYet state={freshness.state} />
      </>
    );
  }
  return (
    <MemberColors dimension={dimension} members={series.members}>
      {attention}
      <UsageCards totals={totals} previousRange={previousRange} />
      <SpendChart
        title={t("chart")}
        series={series}
        total={totals.amount}
        asOf={freshness.asOf}
        dimension={dimension}
      />
      <BreakdownTable dimension={dimension} breakdown={breakdown} />
    </MemberColors>
  );
}
