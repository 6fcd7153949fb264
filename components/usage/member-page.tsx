"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { ItemCard } from "@/components/allocation/item-card";
import type { Day } from "@/components/lib/format-date";
import { PageHeader } from "@/components/layout/page-header";
import { WhenVisible } from "@/components/layout/when-visible";
import { cn } from "@/components/lib/cn";
import { addDays, countDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Skeleton } from "@/components/ui/skeleton";
import { Attention } from "@/components/usage/attention";
import { DataPageControls, Figures } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { LineItemTable } from "@/components/usage/line-item-table";
import { MemberColors } from "@/components/usage/member-colors";
import { MemberFacts } from "@/components/usage/member-facts";
import { MemberBadges } from "@/components/usage/member-name";
import { dimensionPages } from "@/components/usage/member-path";
import { ModelUsageTable } from "@/components/usage/model-usage-table";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { UsageRangeProvider, useUsageRange } from "@/components/usage/range-context";
import { ChartCardSkeleton, ListCardSkeleton, MemberSkeleton } from "@/components/usage/skeletons";
import { SpendChart } from "@/components/usage/spend-chart";
import { UsageCards } from "@/components/usage/usage-cards";
import { useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, DayRange } from "@/server/usage/schema";

// Code of what is below the fold comes when somebody gets there.
const TrendsCard = dynamic(() => import("@/components/usage/trends-card").then((m) => m.TrendsCard), {
  ssr: false,
  loading: () => <ChartCardSkeleton />,
});
const MemberSurroundings = dynamic(() => import("@/components/usage/member-around").then((m) => m.MemberSurroundings), {
  ssr: false,
  loading: () => <ListCardSkeleton rows={4} />,
});

type MemberRef = { dimension: BreakdownDimension; memberKey: string | null };

/** One project, person, key or model: who it is, what it cost by day, and on what. */
export function MemberPage({ today, ...ref }: MemberRef & { today: Day }) {
  return (
    <UsageRangeProvider today={today}>
      <MemberHeader {...ref} />
      <Figures skeleton={<MemberSkeleton />}>
        <MemberFigures {...ref} />
      </Figures>
    </UsageRangeProvider>
  );
}

function useMember({ dimension, memberKey: key }: MemberRef) {
  const org = useOrg();
  const { query: range } = useUsageRange();
  return useSuspenseQuery(useTRPC().usage.member.queryOptions({ org: org.slug, dimension, key, range })).data;
}

function MemberHeader(ref: MemberRef) {
  const t = useTranslations(dimensionPages[ref.dimension]);
  const { slug } = useOrg();
  const { suffix, attemptKey } = useUsageRange();
  const quiet = { fallback: <Skeleton className="h-6 w-56" />, failure: ref.memberKey, resetKey: attemptKey };
  return (
    <PageHeader
      breadcrumbs={[{ label: t("title"), href: `/${slug}/${dimensionPages[ref.dimension]}${suffix}` }]}
      title={
        <QueryBoundary {...quiet}>
          <MemberTitle {...ref} />
        </QueryBoundary>
      }
    >
      <div className="w-full pb-2">
        <QueryBoundary fallback={<Skeleton className="h-9 w-96 max-w-full" />} failure={null} resetKey={attemptKey}>
          <Facts {...ref} />
        </QueryBoundary>
      </div>
      <DataPageControls freshness={<MemberFreshness {...ref} />} />
    </PageHeader>
  );
}

function MemberTitle(ref: MemberRef) {
  const { member } = useMember(ref);
  const label = useMemberLabel()(member);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        dir="auto"
        title={label}
        className={cn("name-text", member.key !== null && !member.name && "font-mono text-lg")}
      >
        {label}
      </span>
      <MemberBadges member={member} />
    </span>
  );
}

/** What the row of nobody holds, or what is known of a member. */
function Facts(ref: MemberRef) {
  const t = useTranslations(dimensionPages[ref.dimension]);
  const detail = useMember(ref);
  if (detail.member.key === null) {
    return <p className="max-w-2xl text-13 text-pretty text-muted-foreground">{t("unattributedHint")}</p>;
  }
  return <MemberFacts detail={detail} />;
}

const MemberFreshness = (ref: MemberRef) => <FreshnessMark freshness={useMember(ref).freshness} />;

function MemberFigures(ref: MemberRef) {
  const t = useTranslations("usage");
  const { totals, series, byLineItem, byModel, freshness } = useMember(ref);
  const { query } = useUsageRange();
  return (
    <MemberColors dimension="line_item" members={series.members}>
      <Attention freshness={freshness} />
      <UsageCards totals={totals} previousRange={rangeBefore(query)} />
      <SpendChart
        title={t("chartByLineItem")}
        series={series}
        total={totals.amount}
        asOf={freshness.asOf}
        dimension="line_item"
      />
      {ref.memberKey !== null && (
        <WhenVisible minHeight={480}>
          <TrendsCard dimension={ref.dimension} memberKey={ref.memberKey} />
        </WhenVisible>
      )}
      <div className={cn("grid items-start gap-4", ref.dimension !== "model" && "2xl:grid-cols-2")}>
        <LineItemTable rows={byLineItem} total={totals.amount} />
        {ref.dimension !== "model" && <ModelUsageTable rows={byModel} totals={totals.usage} />}
      </div>
      {ref.dimension !== "model" && ref.memberKey !== null && (
        <ItemCard item={{ kind: ref.dimension, itemId: ref.memberKey }} />
      )}
      {ref.memberKey !== null && (
        <WhenVisible minHeight={320}>
          <MemberSurroundings dimension={ref.dimension} memberKey={ref.memberKey} />
        </WhenVisible>
      )}
    </MemberColors>
  );
}

/** The period that the server compares with: as many days again, right before. */
function rangeBefore({ from, to }: DayRange): DayRange {
  const length = countDays({ from, to: addDays(to, -1) });
  return { from: addDays(from, -length), to: from };
}
