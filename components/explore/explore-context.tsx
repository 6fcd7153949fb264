"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, useContext, useDeferredValue, useMemo } from "react";
import { questionParams } from "@/components/explore/explore-params";
import { type Question, type QuestionState, resolveQuestion } from "@/components/explore/resolve-question";
import { useUsageRange } from "@/components/usage/range-context";
import { type ExploreFilter, formatFilter } from "@/server/explore/constants";

type Explore = {
  /** What the controls show, at once. */
  selected: Question;
  /** What the figures on the screen answer; follows as soon as new ones are here. */
  current: Question;
  isPending: boolean;
  change: (next: Partial<QuestionState>) => void;
  /** With the key of the tag that it means, if it means one. */
  addFilter: (filter: ExploreFilter, tag?: string | null) => void;
  removeFilter: (filter: ExploreFilter) => void;
};

const Context = createContext<Explore | null>(null);

export function useExplore(): Explore {
  const explore = useContext(Context);
  if (!explore) throw new Error("useExplore needs an ExploreProvider above it");
  return explore;
}

/** The question of the page, kept in its address together with the range. */
export function ExploreProvider({ children }: { children: ReactNode }) {
  const { selected: range } = useUsageRange();
  const [state, setState] = useQueryStates(questionParams, { history: "push" });
  const selected = useMemo(() => resolveQuestion(state, range), [state, range]);
  const current = useDeferredValue(selected);
  const value = useMemo((): Explore => {
    const { filters } = selected.query;
    const without = (filter: ExploreFilter) => filters.filter((one) => formatFilter(one) !== formatFilter(filter));
    const setFilters = (next: ExploreFilter[], tag: string | null = null) =>
      void setState({ filter: next.length > 0 ? next : null, ...(tag !== null && { tag }) });
    return {
      selected,
      current,
      isPending: current !== selected,
      change: (next) => void setState(next),
      addFilter: (filter, tag) => setFilters([...without(filter), filter], tag),
      removeFilter: (filter) => setFilters(without(filter)),
    };
  }, [selected, current, setState]);
  return <Context value={value}>{children}</Context>;
}
