import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/server/trpc/org";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ApiTokensClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tokens");
  return { title: t("title") };
}

export default async function ApiTokensPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await requirePermission(org, "tokens:read");
  prefetch(trpc.tokens.list.queryOptions({ org }));
  return (
    <HydrateClient>
      <ApiTokensClient />
    </HydrateClient>
  );
}
