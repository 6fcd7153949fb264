"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { nextPage } from "@/components/audit/audit-params";
import type { AuditQuery } from "@/components/audit/types";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";

/** The events that a filter lets through, as far as they were asked for; those of the filter before stay until new ones are here. */
export function useAuditLog(query: AuditQuery) {
  const trpc = useTRPC();
  const org = useOrg().slug;
  const log = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { org, ...query },
      { getNextPageParam: nextPage, placeholderData: keepPreviousData },
    ),
  );
  const events = useMemo(() => log.data?.pages.flatMap((page) => page.events) ?? [], [log.data]);
  return {
    events,
    error: log.error,
    isLoading: log.isPending,
    /** What is shown belongs to the filter before. */
    isOutdated: log.isPlaceholderData,
    retry: () => void log.refetch(),
    more: log.hasNextPage ? { onMore: () => void log.fetchNextPage(), isLoading: log.isFetchingNextPage } : undefined,
  };
}
