"use client";

import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/lib/cn";
import { FreshnessSkeleton } from "@/components/usage/freshness-mark";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { RangeControls } from "@/components/usage/range-controls";
import { useUsageRange } from "@/components/usage/range-context";

type DataPageProps = {
  title: string;
  description?: string;
  /** How current the figures are; waits for the same query as the figures. */
  freshness: ReactNode;
  /** What can be done with the figures. */
  actions?: ReactNode;
  skeleton: ReactNode;
  children: ReactNode;
};

/** The frame of a page of figures: title, range and freshness stay while figures come, change or fail. */
export function DataPage({ title, description, freshness, actions, skeleton, children }: DataPageProps) {
  return (
    <>
      <PageHeader title={title} description={description}>
        <DataPageControls freshness={freshness} actions={actions} />
      </PageHeader>
      <Figures skeleton={skeleton}>{children}</Figures>
    </>
  );
}

/** The row of controls under a title: range at the left, freshness at the right. */
export function DataPageControls({
  freshness,
  actions,
  zone,
}: Pick<DataPageProps, "freshness" | "actions"> & { zone?: string }) {
  const { attemptKey } = useUsageRange();
  return (
    <>
      <RangeControls zone={zone} />
      <div className="flex min-h-8 items-center gap-2 sm:ml-auto">
        <QueryBoundary fallback={<FreshnessSkeleton />} failure={null} resetKey={attemptKey}>
          {freshness}
        </QueryBoundary>
        {actions}
      </div>
    </>
  );
}

/** Everything that depends on the range; dimmed while it still shows the one before. */
export function Figures({ skeleton, children }: Pick<DataPageProps, "skeleton" | "children">) {
  const { query, isPending, retry } = useUsageRange();
  return (
    <div
      aria-busy={isPending}
      className={cn("flex flex-col gap-4 transition-opacity duration-150", isPending && "opacity-55")}
    >
      <QueryBoundary fallback={skeleton} resetKey={`${query.from} ${query.to}`} onRetry={retry}>
        {children}
      </QueryBoundary>
    </div>
  );
}
