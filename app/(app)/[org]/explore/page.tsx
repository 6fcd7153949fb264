import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { resolveQuestion } from "@/components/explore/resolve-question";
import { resolveRange, utcToday } from "@/components/usage/resolve-range";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ExploreClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("explore");
  return { title: t("title") };
}

export default async function ExploreRoute({ params, searchParams }: PageProps) {
  const { org } = await params;
  const today = utcToday();
  const state = await loadSearchParams(searchParams);
  const { query } = resolveQuestion(state, resolveRange(state, today));
  prefetch(trpc.explore.query.queryOptions({ org, query }));
  return (
    <HydrateClient>
      <ExploreClient today={today} />
    </HydrateClient>
  );
}
