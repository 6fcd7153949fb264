"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import type { RunProgress } from "@/server/sync/schema";

const MISSED_RUN_LOOK_MS = 3_000;

/** A connection's run under way, else its latest; undefined while that is not known, null when it has none. */
export function useConnectionRun(connectionId: string): RunProgress | null | undefined {
  const org = useOrg();
  const trpc = useTRPC();
  const { runs } = useSyncProgress();
  const live = runs.find((run) => run.connectionId === connectionId);
  const latest = useQuery({
    ...trpc.sync.runs.queryOptions({ org: org.slug, connectionId, limit: 1 }),
    // Under way, but not among the runs that are watched: it ended between two looks.
    refetchInterval: ({ state }) => (!live && isUnderWay(state.data?.[0]) ? MISSED_RUN_LOOK_MS : false),
  });
  if (live) return live;
  return latest.data ? (latest.data[0] ?? null) : undefined;
}

export const isUnderWay = (run: RunProgress | null | undefined): run is RunProgress =>
  run?.state === "queued" || run?.state === "running";
