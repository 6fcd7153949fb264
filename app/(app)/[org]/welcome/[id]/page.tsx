import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FirstSync } from "@/components/onboarding/first-sync";
import { orNotFound } from "@/server/trpc/org";
import { caller, HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sync.indicator");
  return { title: t("label") };
}

export default async function FirstSyncPage({ params }: { params: Promise<{ org: string; id: string }> }) {
  const { org, id } = await params;
  await orNotFound(caller.connections.get({ org, connectionId: id }));
  await prefetched(trpc.sync.runs.queryOptions({ org, connectionId: id, limit: 1 }));
  return (
    <HydrateClient>
      <div className="mx-auto w-full max-w-2xl py-6 sm:py-12">
        <FirstSync connectionId={id} />
      </div>
    </HydrateClient>
  );
}
