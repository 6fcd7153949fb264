"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { useTRPC } from "@/components/lib/trpc";
import { usePageVisible } from "@/components/lib/use-page-visible";
import { hasMoved } from "@/components/sync/run-changes";
import type { RunProgress } from "@/server/sync/schema";

type SyncProgress = {
  runs: readonly RunProgress[];
  /** Looks at once: for whoever has just started a run, which may be over before the next look. */
  lookNow: () => void;
};

const Context = createContext<SyncProgress>({ runs: [], lookNow: () => {} });

/** Runs that are under way, of every connection; one that has just ended is shown once more as such. */
export const useSyncProgress = () => useContext(Context);

type SyncProgressProviderProps = { org: string; initialRuns: RunProgress[]; children: ReactNode };

/**
 * One subscription for all of an organization's pages. It pauses while the tab is hidden: browsers allow few open
 * streams to one host. Whatever arrives is new data, so figures on the screen are asked for again.
 */
export function SyncProgressProvider({ org, initialRuns, children }: SyncProgressProviderProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [runs, setRuns] = useState<readonly RunProgress[]>(initialRuns);
  const isVisible = usePageVisible();

  const [isRunExpected, setRunExpected] = useState(false);

  const receive = (next: RunProgress[]) => {
    setRuns(next);
    // A run that was just started may be over before the first look: then it is never among those under way.
    if (isRunExpected || hasMoved(runs, next)) void queryClient.invalidateQueries(trpc.pathFilter());
    setRunExpected(false);
  };

  const { reset } = useSubscription(
    trpc.sync.progress.subscriptionOptions({ org }, { enabled: isVisible, onData: receive }),
  );
  const lookNow = useCallback(() => {
    setRunExpected(true);
    reset();
  }, [reset]);
  return <Context value={useMemo(() => ({ runs, lookNow }), [runs, lookNow])}>{children}</Context>;
}
