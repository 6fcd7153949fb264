"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { DomainsCard } from "@/components/sso/domains-card";
import { ProviderCard } from "@/components/sso/provider-card";
import { RequireCard } from "@/components/sso/require-card";

export function SingleSignOnClient() {
  const t = useTranslations("sso");
  const org = useOrg().slug;
  const { data: settings } = useSuspenseQuery(useTRPC().sso.get.queryOptions({ org }));
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <div className="grid max-w-2xl gap-5">
        <ProviderCard settings={settings} />
        <DomainsCard settings={settings} />
        <RequireCard settings={settings} />
      </div>
    </>
  );
}
