import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { resolveRange, utcToday } from "@/components/usage/resolve-range";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ReconciliationClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reconciliation");
  return { title: t("title") };
}

export default async function ReconciliationRoute({ params, searchParams }: PageProps) {
  const { org } = await params;
  const today = utcToday();
  const { query: range } = resolveRange(await loadSearchParams(searchParams), today);
  prefetch(trpc.reconciliation.ties.queryOptions({ org, range }));
  return (
    <HydrateClient>
      <ReconciliationClient today={today} />
    </HydrateClient>
  );
}
