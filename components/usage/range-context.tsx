"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, useContext, useDeferredValue, useMemo, useState } from "react";
import type { DayRange as InclusiveRange } from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import { useNow } from "@/components/lib/use-now";
import { rangeParams, rangeSuffix } from "@/components/usage/range-params";
import { resolveRange, type SelectedRange, toRangeState, utcDay } from "@/components/usage/resolve-range";
import type { DayRange } from "@/server/usage/schema";

type UsageRange = {
  today: Day;
  /** What the picker shows, at once. */
  selected: SelectedRange;
  /** What the figures on the screen are of; follows as soon as new ones are here. */
  current: SelectedRange;
  query: DayRange;
  /** New figures are on their way; those shown belong to the range before. */
  isPending: boolean;
  /** Carries the range to another data page: "?range=last-7-days" or "". */
  suffix: string;
  setRange: (range: InclusiveRange) => void;
  /** Changes with the range and with each attempt to load it: all parts of a page fail and recover together. */
  attemptKey: string;
  retry: () => void;
};

const Context = createContext<UsageRange | null>(null);

export function useUsageRange(): UsageRange {
  const range = useContext(Context);
  if (!range) throw new Error("useUsageRange needs a UsageRangeProvider above it");
  return range;
}

/** The range of a data page, kept in its address. `today` is the server's UTC day, so that both render the same. */
export function UsageRangeProvider({ today: initialToday, children }: { today: Day; children: ReactNode }) {
  const now = useNow();
  const today = now === null ? initialToday : utcDay(now);
  const [state, setState] = useQueryStates(rangeParams, { history: "push" });
  const { range, from, to } = state;
  const selected = useMemo(() => resolveRange({ range, from, to }, today), [range, from, to, today]);
  const current = useDeferredValue(selected);
  const [attempt, setAttempt] = useState(0);
  const value = useMemo(
    () => ({
      today,
      selected,
      current,
      query: current.query,
      isPending: current !== selected,
      suffix: rangeSuffix({ range, from, to }),
      attemptKey: `${current.query.from} ${current.query.to} ${attempt}`,
      retry: () => setAttempt((count) => count + 1),
      setRange: (chosen: InclusiveRange) => void setState(toRangeState(chosen, today)),
    }),
    [today, selected, current, range, from, to, setState, attempt],
  );
  return <Context value={value}>{children}</Context>;
}
