import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { resolveRange, utcToday } from "@/components/usage/resolve-range";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { AnomaliesClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("anomalies");
  return { title: t("pageTitle") };
}

export default async function AnomaliesRoute({ params, searchParams }: PageProps) {
  const { org } = await params;
  const today = utcToday();
  const { query: range } = resolveRange(await loadSearchParams(searchParams), today);
  prefetch(trpc.anomalies.list.queryOptions({ org, range }));
  return (
    <HydrateClient>
      <AnomaliesClient today={today} />
    </HydrateClient>
  );
}
