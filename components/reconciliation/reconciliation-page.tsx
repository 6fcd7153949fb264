"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { WhenVisible } from "@/components/layout/when-visible";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { DaysApart } from "@/components/reconciliation/days-apart";
import { PriceCheckCards } from "@/components/reconciliation/price-check-cards";
import { TiesCard } from "@/components/reconciliation/ties-card";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Attention } from "@/components/usage/attention";
import { DataPage } from "@/components/usage/data-page";
import { FreshnessMark } from "@/components/usage/freshness-mark";
import { NothingYet } from "@/components/usage/nothing-yet";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { UsageRangeProvider, useUsageRange } from "@/components/usage/range-context";
import { ListCardSkeleton, TableCardSkeleton } from "@/components/usage/skeletons";
import type { TiedOrganization } from "@/server/reconciliation/schema";

/** Whether the cuts of the bill tie to it, and what usage at list prices comes to beside it. */
export function ReconciliationPage({ today }: { today: Day }) {
  const t = useTranslations("reconciliation");
  return (
    <UsageRangeProvider today={today}>
      <DataPage
        title={t("title")}
        description={t("description")}
        freshness={<TiesFreshness />}
        actions={
          <QueryBoundary fallback={null} failure={null}>
            <OrganizationChoice />
          </QueryBoundary>
        }
        skeleton={<ListCardSkeleton rows={4} />}
      >
        <ReconciliationFigures />
      </DataPage>
    </UsageRangeProvider>
  );
}

function useTies() {
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  return useSuspenseQuery(useTRPC().reconciliation.ties.queryOptions({ org: slug, range })).data;
}

const TiesFreshness = () => <FreshnessMark freshness={useTies().freshness} />;

/** The one that the address names, else the one with the largest bill: the first that has any. */
function useChosen(organizations: readonly TiedOrganization[]) {
  const [wanted, choose] = useQueryState("openai", parseAsString.withOptions({ history: "push" }));
  const named = organizations.find(({ openaiOrgId }) => openaiOrgId === wanted);
  return { chosen: named ?? organizations.find(({ total }) => total !== null) ?? organizations[0], choose };
}

const nameOf = ({ names, openaiOrgId }: TiedOrganization) => names.join(", ") || openaiOrgId;

function OrganizationChoice() {
  const t = useTranslations("reconciliation");
  const { organizations } = useTies();
  const { chosen, choose } = useChosen(organizations);
  if (!chosen || organizations.length < 2) return null;
  return (
    <Select value={chosen.openaiOrgId} onValueChange={(id) => void choose(id)}>
      <SelectTrigger aria-label={t("organization")} className="max-w-64">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {organizations.map((organization) => (
          <SelectItem key={organization.openaiOrgId} value={organization.openaiOrgId}>
            {nameOf(organization)}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}

function ReconciliationFigures() {
  const { organizations, freshness } = useTies();
  const { chosen } = useChosen(organizations);
  const { query, retry } = useUsageRange();
  if (!chosen || (chosen.total === null && freshness.asOf === null)) {
    return (
      <>
        <Attention freshness={freshness} />
        <NothingYet state={freshness.state} />
      </>
    );
  }
  const skeleton = (
    <div className="flex flex-col gap-4">
      <ListCardSkeleton rows={6} />
      <TableCardSkeleton rows={10} />
    </div>
  );
  return (
    <>
      <Attention freshness={freshness} />
      <TiesCard organization={chosen} name={nameOf(chosen)} />
      <DaysApart organization={chosen} />
      <WhenVisible minHeight={600}>
        <QueryBoundary fallback={skeleton} resetKey={`${query.from} ${query.to} ${chosen.openaiOrgId}`} onRetry={retry}>
          <PriceCheckCards openaiOrg={chosen.openaiOrgId} />
        </QueryBoundary>
      </WhenVisible>
    </>
  );
}
