import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { OrgDemand } from "@/components/auth/org-demand";
import { safeCallbackPath } from "@/components/lib/callback-path";
import { OrgFrame } from "@/components/orgs/org-frame";
import { isOpenOnlyBySso } from "@/server/trpc/org";
import { requireUser } from "@/server/trpc/require-user";
import { caller } from "@/server/trpc/rsc";

type DemandPageProps = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> };

const loadReturn = createLoader({ callbackUrl: parseAsString });

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.provider");
  return { title: t("ssoTitle") };
}

/** What a member sees whose session did not begin at the organization's identity provider. */
export default async function DemandPage({ params, searchParams }: DemandPageProps) {
  const { slug, callbackPath } = {
    slug: (await params).org,
    callbackPath: safeCallbackPath((await loadReturn(searchParams)).callbackUrl),
  };
  const user = await requireUser();
  const org = (await caller.orgs.list()).find((membership) => membership.slug === slug);
  if (!org) notFound();
  if (!(await isOpenOnlyBySso(slug))) redirect(callbackPath === "/" ? `/${slug}/overview` : callbackPath);
  return (
    <OrgFrame user={user}>
      <OrgDemand org={org} email={user.email} callbackPath={callbackPath} />
    </OrgFrame>
  );
}
