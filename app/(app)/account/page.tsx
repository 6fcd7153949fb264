import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { ProfileClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("profile") };
}

export default function ProfilePage() {
  prefetch(trpc.account.get.queryOptions());
  return (
    <HydrateClient>
      <ProfileClient />
    </HydrateClient>
  );
}
