import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ActivityClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("activity") };
}

export default function ActivityPage() {
  prefetch(trpc.account.events.queryOptions());
  return (
    <HydrateClient>
      <ActivityClient />
    </HydrateClient>
  );
}
