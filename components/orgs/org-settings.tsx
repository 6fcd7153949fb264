"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

export function OrgSettings() {
  const t = useTranslations("orgs");
  const org = useOrg();
  return (
    <>
      <PageHeader title={t("settingsTitle")} description={t("settingsLead")} />
      <Card className="max-w-2xl">
        <dl className="divide-y">
          <Row label={t("name")} hint={t("nameHint")}>
            <span className="name-text font-medium">{org.name}</span>
          </Row>
          <Row label={t("slug")} hint={t("slugHint")}>
            <span className="font-mono text-13 break-all">/{org.slug}</span>
          </Row>
          <Row label={t("timezone")} hint={t("timezoneHint")}>
            {org.timezone}
          </Row>
          <Row label={t("yourRole")} hint={t(`roleHint.${org.role}`)}>
            <Badge>{t(`role.${org.role}`)}</Badge>
          </Row>
        </dl>
      </Card>
    </>
  );
}

function Row({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-1.5 px-4 py-4 sm:grid-cols-2 sm:px-5">
      <dt>
        <span className="block text-13 font-medium">{label}</span>
        <span className="block text-xs text-pretty text-muted-foreground">{hint}</span>
      </dt>
      <dd className="min-w-0 self-center sm:text-right">{children}</dd>
    </div>
  );
}
