import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { orNotFound } from "@/server/trpc/org";
import { caller, HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";
import { ConnectionClient } from "./client";

type ConnectionPageProps = { params: Promise<{ org: string; id: string }> };

const getConnection = cache((org: string, id: string) => orNotFound(caller.connections.get({ org, connectionId: id })));

export async function generateMetadata({ params }: ConnectionPageProps): Promise<Metadata> {
  const { org, id } = await params;
  const t = await getTranslations("connections");
  return { title: `${(await getConnection(org, id)).name} · ${t("title")}` };
}

export default async function ConnectionPage({ params }: ConnectionPageProps) {
  const { org, id } = await params;
  await getConnection(org, id);
  await Promise.all([
    prefetched(trpc.connections.get.queryOptions({ org, connectionId: id })),
    prefetched(trpc.sync.runs.queryOptions({ org, connectionId: id, limit: 1 })),
    prefetched(trpc.sync.runs.queryOptions({ org, connectionId: id, limit: 20 })),
  ]);
  return (
    <HydrateClient>
      <ConnectionClient connectionId={id} />
    </HydrateClient>
  );
}
