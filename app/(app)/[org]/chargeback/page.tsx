import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { monthOf } from "@/components/chargeback/months";
import type { SearchParams } from "nuqs/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ChargebackClient } from "./client";
import { loadChargeback } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("chargeback");
  return { title: t("title") };
}

export default async function ChargebackPage({ params, searchParams }: PageProps) {
  const { org } = await params;
  const today = new Date().toISOString().slice(0, 10);
  const { month } = await loadChargeback(searchParams);
  prefetch(trpc.chargeback.get.queryOptions({ org, month: monthOf(month, today) }));
  return (
    <HydrateClient>
      <ChargebackClient today={today} />
    </HydrateClient>
  );
}
