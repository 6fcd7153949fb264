"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { createLoader } from "nuqs/server";
import { useTranslations } from "next-intl";
import { exploreParams } from "@/components/explore/explore-params";
import { resolveQuestion } from "@/components/explore/resolve-question";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { useErrorText } from "@/components/lib/use-error-text";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Card } from "@/components/ui/card";
import { Count, Money } from "@/components/ui/figure";
import { Skeleton } from "@/components/ui/skeleton";
import { useUsageRange } from "@/components/usage/range-context";
import { resolveRange } from "@/components/usage/resolve-range";
import type { ViewEntry } from "@/server/explore/schema";

const read = createLoader(exploreParams);
const SHOWN_GROUPS = 3;

/** The views that are pinned, each as its total and largest groups; nothing where there are none. */
export function PinnedViews() {
  const t = useTranslations("explore.views");
  const { slug } = useOrg();
  const { data: views = [] } = useQuery(useTRPC().explore.views.queryOptions({ org: slug }));
  const pinned = views.filter(({ isPinned }) => isPinned);
  if (pinned.length === 0) return null;
  return (
    <section aria-label={t("pinnedTitle")} className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {pinned.map((view) => (
        <PinnedView key={view.id} view={view} />
      ))}
    </section>
  );
}

function PinnedView({ view }: { view: ViewEntry }) {
  const { slug } = useOrg();
  const words = useExploreWords();
  const explain = useErrorText();
  const { today } = useUsageRange();
  const state = read(new URLSearchParams(view.search));
  const { query } = resolveQuestion(state, resolveRange(state, today));
  const { data, error } = useQuery(useTRPC().explore.query.queryOptions({ org: slug, query }));
  const Figure = query.measure === "cost" ? Money : Count;
  return (
    <Card className="relative gap-2 px-4 py-3.5 transition-colors duration-100 hover:border-border-strong">
      <Link
        href={`/${slug}/explore?${view.search}`}
        className="name-text rounded-sm text-13 text-muted-foreground after:absolute after:inset-0 after:rounded-lg"
      >
        {view.name}
      </Link>
      {error && <p className="text-13 text-muted-foreground">{explain(error).text}</p>}
      {!error && !data && <Skeleton className="h-20" />}
      {data && (
        <>
          <Figure value={data.totals.value} className="text-xl font-semibold tracking-tight" />
          <ul className="grid gap-1 text-xs">
            {data.groups.slice(0, SHOWN_GROUPS).map((group) => (
              <li key={words.group(group)} className="flex justify-between gap-3">
                <span className="name-text">{words.group(group)}</span>
                <Figure value={group.total} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
