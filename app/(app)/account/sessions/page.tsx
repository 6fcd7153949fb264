import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { SessionsClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.tabs");
  return { title: t("sessions") };
}

export default function SessionsPage() {
  prefetch(trpc.account.sessions.queryOptions());
  return (
    <HydrateClient>
      <SessionsClient />
    </HydrateClient>
  );
}
