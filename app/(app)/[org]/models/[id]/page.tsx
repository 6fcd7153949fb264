import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { fromSegment } from "@/components/usage/member-path";
import { resolveRange, utcToday } from "@/components/usage/resolve-range";
import { orNotFound } from "@/server/trpc/org";
import { HydrateClient, load, trpc } from "@/server/trpc/rsc";
import { ModelClient } from "./client";
import { loadSearchParams } from "./search-params";

type PageProps = { params: Promise<{ org: string; id: string }>; searchParams: Promise<SearchParams> };

/** Both the title and the page ask for it; the second asking costs nothing. */
async function loadModel({ params, searchParams }: PageProps) {
  const { org, id } = await params;
  const today = utcToday();
  const { query: range } = resolveRange(await loadSearchParams(searchParams), today);
  const key = fromSegment(id);
  const detail = await orNotFound(load(trpc.usage.member.queryOptions({ org, dimension: "model", key, range })));
  return { detail, today, key };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("usage");
  const { member } = (await loadModel(props)).detail;
  return { title: member.name || member.key || t("unattributed") };
}

export default async function ModelPage(props: PageProps) {
  const { today, key } = await loadModel(props);
  return (
    <HydrateClient>
      <ModelClient today={today} memberKey={key} />
    </HydrateClient>
  );
}
