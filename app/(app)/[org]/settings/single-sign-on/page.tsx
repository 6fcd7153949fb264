import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePermission } from "@/server/trpc/org";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { SingleSignOnClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sso");
  return { title: t("title") };
}

export default async function SingleSignOnPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await requirePermission(org, "security:read");
  prefetch(trpc.sso.get.queryOptions({ org }));
  return (
    <HydrateClient>
      <SingleSignOnClient />
    </HydrateClient>
  );
}
