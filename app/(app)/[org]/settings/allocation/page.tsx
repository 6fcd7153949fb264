import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, prefetched, trpc } from "@/server/trpc/rsc";
import { AllocationClient } from "./client";
import { loadAllocation } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("allocation");
  return { title: t("title") };
}

export default async function AllocationPage({ params, searchParams }: PageProps) {
  const { org } = await params;
  const { tab } = await loadAllocation(searchParams);
  if (tab !== "centers") prefetch(trpc.allocation.items.queryOptions({ org, kind: tab }));
  // Waited for: rules say the centers' names wherever they stand, and do not wait for them.
  await prefetched(trpc.allocation.costCenters.queryOptions({ org }));
  return (
    <HydrateClient>
      <AllocationClient />
    </HydrateClient>
  );
}
