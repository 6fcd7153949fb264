import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ExportsClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("exports");
  return { title: t("title") };
}

export default async function ExportsPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  prefetch(trpc.exports.history.queryOptions({ org }));
  return (
    <HydrateClient>
      <ExportsClient />
    </HydrateClient>
  );
}
