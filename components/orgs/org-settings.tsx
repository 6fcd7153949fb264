"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { DangerZone } from "@/components/orgs/danger-zone";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { OrgForm } from "@/components/orgs/org-form";
import { TwoFactorSetting } from "@/components/orgs/two-factor-setting";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";

/** What the organization is called and demands, and its end: each as far as one's role goes. */
export function OrgSettings() {
  const t = useTranslations("orgs");
  const org = useOrg();
  const canWrite = useCan("org:write");
  const canSecure = useCan("security:write");
  const canDelete = useCan("org:delete");
  return (
    <>
      <PageHeader title={t("settingsTitle")} description={t("settingsLead")} />
      <div className="grid max-w-2xl gap-5">
        {canWrite && <OrgForm />}
        <Card>
          <dl className="divide-y">
            {!canWrite && (
              <Row label={t("name")} hint={t("nameHint")}>
                <span className="name-text font-medium">{org.name}</span>
              </Row>
            )}
            <Row label={t("slug")} hint={t("slugHint")}>
              <span className="font-mono text-13 break-all">/{org.slug}</span>
            </Row>
            {!canWrite && (
              <Row label={t("timezone")} hint={t("timezoneHint")}>
                {org.timezone}
              </Row>
            )}
            <Row label={t("yourRole")} hint={t(`roleHint.${org.role}`)}>
              <Badge>{t(`role.${org.role}`)}</Badge>
            </Row>
          </dl>
        </Card>
        {canSecure && <TwoFactorSetting />}
        {canDelete && <DangerZone />}
      </div>
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
