"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AnswerLinks } from "@/components/explore/answer-links";
import { DivisionNote } from "@/components/explore/division-note";
import { ExploreChart } from "@/components/explore/explore-chart";
import { ExploreProvider, useAnswered, useExplore, useIsPending } from "@/components/explore/explore-context";
import { ExploreControls } from "@/components/explore/explore-controls";
import { ExploreTable } from "@/components/explore/explore-table";
import { FilterBar } from "@/components/explore/filter-bar";
import { groupKey } from "@/components/explore/group-key";
import { ExportMenu } from "@/components/exports/export-menu";
import { exploreSections } from "@/components/exports/export-path";
import { EntityColors } from "@/components/charts/entity-colors";
import { WhyPanel } from "@/components/explore/why-panel";
import { SavedViews } from "@/components/explore/saved-views";
import { LabelNote } from "@/components/explore/label-note";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/lib/cn";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Attention } from "@/components/usage/attention";
import { DataPageControls } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { NothingYet } from "@/components/usage/nothing-yet";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { UsageRangeProvider } from "@/components/usage/range-context";
import { ExploreSkeleton } from "@/components/explore/explore-skeleton";

/** Any question about spend and usage: asked above, answered as a chart and a table that tie to one total. */
export function ExplorePage({ today }: { today: Day }) {
  const t = useTranslations("explore");
  return (
    <UsageRangeProvider today={today}>
      <ExploreProvider>
        <PageHeader title={t("title")} description={t("description")} actions={<SavedViews />}>
          <ExploreRange />
        </PageHeader>
        <ExploreControls />
        <Answer>
          <ExploreAnswer />
        </Answer>
      </ExploreProvider>
    </UsageRangeProvider>
  );
}

function ExploreRange() {
  const { timezone } = useOrg();
  const { selected } = useExplore();
  return (
    <DataPageControls
      freshness={<ExploreFreshness />}
      actions={<ExportMenu sections={exploreSections(selected.query)} />}
      zone={selected.query.zone === "org" ? timezone : "UTC"}
    />
  );
}

function useAnswer() {
  const { slug } = useOrg();
  const { current } = useAnswered();
  return useSuspenseQuery(useTRPC().explore.query.queryOptions({ org: slug, query: current.query })).data;
}

const ExploreFreshness = () => <FreshnessMark freshness={useAnswer().freshness} />;

/** Dimmed while it still shows the answer before, unless that is soon over; a failure leaves the question as it is. */
function Answer({ children }: { children: ReactNode }) {
  const isPending = useIsPending();
  const { current } = useAnswered();
  return (
    <div
      aria-busy={isPending}
      className={cn("flex flex-col gap-4", isPending && "opacity-55 transition-opacity delay-200 duration-150")}
    >
      <QueryBoundary fallback={<ExploreSkeleton />} resetKey={JSON.stringify(current.query)}>
        {children}
      </QueryBoundary>
    </div>
  );
}

function ExploreAnswer() {
  const result = useAnswer();
  const { freshness, groups, query, totals, filterLabels } = result;
  const isBlank = freshness.asOf === null && totals.value === null;
  const keys = groups.filter(({ kind }) => kind === "named").map((group) => groupKey(query.groupBy, group));
  return (
    <>
      <FilterBar labels={filterLabels} />
      <Attention freshness={freshness} />
      {isBlank ? (
        <NothingYet state={freshness.state} />
      ) : (
        <EntityColors keys={keys}>
          <ExploreChart result={result} />
          <DivisionNote result={result} />
          <LabelNote result={result} />
          <AnswerLinks result={result} />
          <WhyPanel />
          {query.groupBy.length > 0 && <ExploreTable result={result} />}
        </EntityColors>
      )}
    </>
  );
}
