"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { usePageVisible } from "@/components/lib/use-page-visible";
import { hasMoved } from "@/components/sync/run-changes";
import type { RunProgress } from "@/server/sync/schema";

type SyncProgress = {
  /** Runs that are under way, of every connection; null until the first answer. */
  runs: RunProgress[] | null;
};

const Context = createContext<SyncProgress>({ runs: null });

export const useSyncProgress = () => useContext(Context);

/**
 * One subscription for all of an organization's pages. It pauses while the tab is hidden: browsers allow few open
 * streams to one host. Whatever arrives is new data, so figures on the screen are asked for again.
 */
export function SyncProgressProvider({ org, children }: { org: string; children: ReactNode }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [runs, setRuns] = useState<RunProgress[] | null>(null);
  const before = useRef<RunProgress[]>([]);
  const isVisible = usePageVisible();

  const receive = (next: RunProgress[]) => {
    const moved = hasMoved(before.current, next);
    before.current = next;
    setRuns(next);
    if (moved) void queryClient.invalidateQueries(trpc.pathFilter());
  };

  useSubscription(trpc.sync.progress.subscriptionOptions({ org }, { enabled: isVisible, onData: receive }));
  return <Context value={{ runs }}>{children}</Context>;
}
