import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { resolveRange, utcToday } from "@/components/usage/resolve-range";
import { caller, HydrateClient, prefetch, prefetched, trpc } from "@/server/trpc/rsc";
import { OverviewClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("nav");
  return { title: t("overview") };
}

/**
 * Where nothing was ever connected there is nothing to look over. Decided by the page, which browsers ask for anew each
 * time: a layout is fetched ahead and kept, and would go on sending people away after they have connected something.
 */
async function requireSomething(org: string) {
  const [connections, { hasHistory }] = await Promise.all([
    caller.connections.list({ org }),
    caller.connections.options({ org }),
  ]);
  if (connections.length === 0 && !hasHistory) redirect(`/${org}/welcome`);
}

export default async function OverviewPage({ params, searchParams }: PageProps) {
  const { org } = await params;
  const today = utcToday();
  const { query: range } = resolveRange(await loadSearchParams(searchParams), today);
  prefetch(trpc.usage.overview.queryOptions({ org, range }));
  prefetch(trpc.forecasts.get.queryOptions({ org, period: "month" }));
  prefetch(trpc.anomalies.list.queryOptions({ org, range }));
  await Promise.all([requireSomething(org), prefetched(trpc.explore.views.queryOptions({ org }))]);
  return (
    <HydrateClient>
      <OverviewClient today={today} />
    </HydrateClient>
  );
}
