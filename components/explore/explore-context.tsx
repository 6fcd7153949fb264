"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, useCallback, useContext, useDeferredValue, useMemo } from "react";
import { questionParams } from "@/components/explore/explore-params";
import { type Question, type QuestionState, resolveQuestion } from "@/components/explore/resolve-question";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { useUsageRange } from "@/components/usage/range-context";
import { type ExploreFilter, formatFilter } from "@/server/explore/constants";

type Change = (next: Partial<QuestionState>) => void;

type Explore = {
  /** What the controls show, at once. */
  selected: Question;
  change: Change;
  removeFilter: (filter: ExploreFilter) => void;
};

type Answered = {
  /** What the figures on the screen answer; follows as soon as new ones are here. */
  current: Question;
  /** With the key of the tag that it means, if it means one. */
  addFilters: (filters: readonly ExploreFilter[], tag?: string | null) => void;
};

// Three, so that nothing is drawn anew in vain: controls follow what is chosen, charts and tables what is answered, and only
// what dims them whether an answer is awaited.
const ExploreContext = createContext<Explore | null>(null);
const AnsweredContext = createContext<Answered | null>(null);
const PendingContext = createContext<boolean | null>(null);

export const useExplore = (): Explore => provided(useContext(ExploreContext));

/** Whether what was chosen is not answered yet. */
export const useIsPending = (): boolean => provided(useContext(PendingContext));

export const useAnswered = (): Answered => provided(useContext(AnsweredContext));

function provided<Value>(value: Value | null): Value {
  if (value === null) throw new Error("the parts of Explore need an ExploreProvider above them");
  return value;
}

/** The question of the page, kept in its address together with the range. */
export function ExploreProvider({ children }: { children: ReactNode }) {
  const { selected: range } = useUsageRange();
  const [state, setState] = useQueryStates(questionParams, { history: "push" });
  const selected = useMemo(() => resolveQuestion(state, range), [state, range]);
  const current = useDeferredValue(selected);
  const ask = useAsking();
  // What is handed to setState is called at once, and once, with the newest state.
  const changeBy = useCallback(
    (toNext: (before: QuestionState) => Partial<QuestionState>) =>
      void setState((before) => {
        const next = toNext(before);
        ask(resolveQuestion({ ...before, ...next }, range));
        return next;
      }),
    [setState, ask, range],
  );
  const explore = useMemo((): Explore => {
    const removeFilter = (filter: ExploreFilter) =>
      changeBy((before) => ({ filter: orNone(without(resolveQuestion(before, range), [filter])) }));
    const change: Change = (next) => changeBy(() => next);
    return { selected, change, removeFilter };
  }, [selected, changeBy, range]);
  const answered = useMemo((): Answered => {
    const addFilters: Answered["addFilters"] = (filters, tag = null) => {
      if (filters.length === 0) return;
      changeBy((before) => ({
        filter: [...without(resolveQuestion(before, range), filters), ...filters],
        ...(tag !== null && { tag }),
      }));
    };
    return { current, addFilters };
  }, [current, changeBy, range]);
  return (
    <ExploreContext value={explore}>
      <AnsweredContext value={answered}>
        <PendingContext value={current !== selected}>{children}</PendingContext>
      </AnsweredContext>
    </ExploreContext>
  );
}

/** Sends a question off before the page has drawn that it was chosen; who shows the answer joins in. */
function useAsking() {
  const { slug: org } = useOrg();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    ({ query }: Question) => void queryClient.prefetchQuery(trpc.explore.query.queryOptions({ org, query })),
    [org, trpc, queryClient],
  );
}

function without({ query }: Question, filters: readonly ExploreFilter[]): ExploreFilter[] {
  const gone = new Set(filters.map(formatFilter));
  return query.filters.filter((one) => !gone.has(formatFilter(one)));
}

const orNone = (filters: ExploreFilter[]) => (filters.length > 0 ? filters : null);
