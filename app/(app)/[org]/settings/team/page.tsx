import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getOrg } from "@/server/trpc/org";
import { HydrateClient, prefetch, trpc } from "@/server/trpc/rsc";
import { TeamClient } from "./client";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("team");
  return { title: t("title") };
}

export default async function TeamPage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  prefetch(trpc.members.list.queryOptions({ org }));
  const { permissions } = await getOrg(org);
  if (permissions.includes("members:write")) prefetch(trpc.members.invitations.queryOptions({ org }));
  return (
    <HydrateClient>
      <TeamClient />
    </HydrateClient>
  );
}
