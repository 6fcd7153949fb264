"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { DownloadIcon, ReceiptTextIcon } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useDeferredValue } from "react";
import { ChargebackTable } from "@/components/chargeback/chargeback-table";
import { MonthPicker } from "@/components/chargeback/month-picker";
import { chargebackParams, monthOf } from "@/components/chargeback/months";
import { EmptyState } from "@/components/layout/empty-state";
import { LoadingState } from "@/components/layout/loading-state";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/lib/cn";
import type { Day } from "@/components/lib/format-date";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Attention } from "@/components/usage/attention";
import { FreshnessMark, FreshnessSkeleton } from "@/components/usage/freshness-mark";
import { QueryBoundary } from "@/components/usage/query-boundary";

/** What each cost center is charged for a month, on the screen and as files. */
export function ChargebackPage({ today }: { today: Day }) {
  const t = useTranslations("chargeback");
  const [params, setParams] = useQueryStates(chargebackParams, { history: "push" });
  const month = monthOf(params.month, today);
  const current = useDeferredValue(month);
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={<Downloads month={month} />}>
        <MonthPicker month={month} today={today} onChange={(next) => void setParams({ month: next })} />
        <div className="flex min-h-8 items-center gap-2 sm:ml-auto">
          <QueryBoundary fallback={<FreshnessSkeleton />} failure={null} resetKey={current}>
            <Freshness month={current} />
          </QueryBoundary>
        </div>
      </PageHeader>
      <div className={cn("flex flex-col gap-4 transition-opacity duration-150", current !== month && "opacity-55")}>
        <QueryBoundary fallback={<LoadingState layout="table" />} resetKey={current}>
          <Report month={current} />
        </QueryBoundary>
      </div>
    </>
  );
}

function useReport(month: string) {
  const org = useOrg().slug;
  return useSuspenseQuery(useTRPC().chargeback.get.queryOptions({ org, month })).data;
}

const Freshness = ({ month }: { month: string }) => <FreshnessMark freshness={useReport(month).freshness} />;

function Downloads({ month }: { month: string }) {
  const t = useTranslations("chargeback");
  const org = useOrg().slug;
  const locale = useLocale();
  const path = (asked: Record<string, string>) =>
    `/api/orgs/${encodeURIComponent(org)}/chargeback?${new URLSearchParams({ month, locale, ...asked })}`;
  return (
    <>
      {files.map(({ name, ...asked }) => (
        <Button key={name} variant="outline" size="sm" asChild>
          <a href={path(asked)} download aria-label={`${t("download")}: ${t(`file.${name}`)}`}>
            <DownloadIcon />
            {t(`file.${name}`)}
          </a>
        </Button>
      ))}
    </>
  );
}

const files = [
  { name: "csv", format: "csv" },
  { name: "lineItems", format: "csv", by: "line_item" },
  { name: "pdf", format: "pdf" },
] as const;

function Report({ month }: { month: string }) {
  const t = useTranslations("chargeback");
  const org = useOrg().slug;
  const mayAllocate = useCan("allocation:write");
  const report = useReport(month);
  if (!report.totals) return <EmptyState icon={ReceiptTextIcon} title={t("empty")} description={t("emptyText")} />;
  const hasCenters = report.lines.some(({ costCenter }) => costCenter !== null);
  return (
    <>
      <Attention freshness={report.freshness} />
      {!hasCenters && (
        <Callout>
          {t("noCenters")}{" "}
          {mayAllocate && (
            <Link href={`/${org}/settings/allocation`} className="font-medium underline underline-offset-4">
              {t("allocate")}
            </Link>
          )}
        </Callout>
      )}
      <ChargebackTable report={report} />
      <p className="text-xs text-muted-foreground">
        {t("ties")} {report.isOpen && t("open")}
      </p>
    </>
  );
}
