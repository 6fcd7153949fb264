"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConnectFlow } from "@/components/connections/connect-flow";
import { PageHeader } from "@/components/layout/page-header";
import { useOrg } from "@/components/orgs/org-context";
import { Card } from "@/components/ui/card";

export function NewConnectionClient() {
  const t = useTranslations("connections");
  const org = useOrg();
  const router = useRouter();
  return (
    <>
      <PageHeader
        title={t("newTitle")}
        description={t("newLead")}
        breadcrumbs={[{ label: t("title"), href: `/${org.slug}/connections` }]}
      />
      <Card className="max-w-2xl p-5 sm:p-6">
        <ConnectFlow onConnected={(id) => router.push(`/${org.slug}/connections/${id}`)} />
      </Card>
    </>
  );
}
