import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ConnectionsClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("connections");
  return { title: t("title") };
}

export default async function ConnectionsPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  prefetch(trpc.connections.list.queryOptions({ org }));
  prefetch(trpc.connections.kept.queryOptions({ org }));
  return (
    <HydrateClient>
      <ConnectionsClient />
    </HydrateClient>
  );
}
