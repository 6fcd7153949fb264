import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { nextPage, toQuery } from "@/components/audit/audit-params";
import { getOrg, requirePermission } from "@/server/trpc/org";
import { HydrateClient, prefetchedList, trpc } from "@/server/trpc/rsc";
import { AuditLogClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditLogPage({ params, searchParams }: PageProps) {
  const { slug: org, timezone } = await getOrg((await params).org);
  await requirePermission(org, "audit:read");
  const query = toQuery(await loadSearchParams(searchParams), timezone);
  await prefetchedList(trpc.audit.list.infiniteQueryOptions({ org, ...query }, { getNextPageParam: nextPage }));
  return (
    <HydrateClient>
      <AuditLogClient />
    </HydrateClient>
  );
}
