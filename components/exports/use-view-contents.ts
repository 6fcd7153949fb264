import { useQuery } from "@tanstack/react-query";
import { createLoader } from "nuqs/server";
import { exploreParams } from "@/components/explore/explore-params";
import { resolveQuestion } from "@/components/explore/resolve-question";
import { askExplore } from "@/components/exports/export-path";
import { useTRPC } from "@/components/lib/trpc";
import { useNow } from "@/components/lib/use-now";
import { useOrg } from "@/components/orgs/org-context";
import { resolveRange, utcDay } from "@/components/usage/resolve-range";

const read = createLoader(exploreParams);

/** A saved view that can be sent: what it draws, as in the address of an export, without format and days. */
export type ViewContent = { id: string; name: string; search: string };

/** One's own views and the shared ones. */
export function useViewContents(): ViewContent[] {
  const { slug: org } = useOrg();
  const now = useNow();
  const { data: views = [] } = useQuery(useTRPC().explore.views.queryOptions({ org }));
  if (now === null) return [];
  return views.map(({ id, name, search }) => {
    const state = read(new URLSearchParams(search));
    const { query } = resolveQuestion(state, resolveRange(state, utcDay(now)));
    return { id, name, search: new URLSearchParams(askExplore(query, "steps")).toString() };
  });
}
