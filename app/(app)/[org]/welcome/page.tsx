import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Welcome } from "@/components/onboarding/welcome";
import { HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("onboarding");
  return { title: t("connectTitle") };
}

export default async function OrgWelcomePage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetched(trpc.connections.options.queryOptions({ org }));
  return (
    <HydrateClient>
      <div className="mx-auto w-full max-w-2xl py-6 sm:py-12">
        <Welcome />
      </div>
    </HydrateClient>
  );
}
