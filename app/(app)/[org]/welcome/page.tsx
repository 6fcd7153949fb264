import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Welcome } from "@/components/onboarding/welcome";
import { orNotFound } from "@/server/trpc/org";
import { caller, HydrateClient, prefetched, trpc } from "@/server/trpc/rsc";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("onboarding");
  return { title: t("connectTitle") };
}

export default async function OrgWelcomePage({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  if ((await orNotFound(caller.connections.list({ org }))).length > 0) redirect(`/${org}/overview`);
  await prefetched(trpc.connections.options.queryOptions({ org }));
  return (
    <HydrateClient>
      <div className="mx-auto w-full max-w-2xl py-6 sm:py-12">
        <Welcome />
      </div>
    </HydrateClient>
  );
}
