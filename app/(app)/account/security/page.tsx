import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { SecurityClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("security") };
}

export default function SecurityPage() {
  prefetch(trpc.account.get.queryOptions());
  prefetch(trpc.account.identities.list.queryOptions());
  return (
    <HydrateClient>
      <SecurityClient />
    </HydrateClient>
  );
}
