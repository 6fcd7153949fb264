"use client";

import { useTranslations } from "next-intl";
import { useCan } from "@/components/orgs/org-context";
import { AddDomainForm } from "@/components/sso/add-domain-form";
import { DomainItem } from "@/components/sso/domain-item";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { SsoSettings } from "@/server/sso/schema";

/** Whose addresses lead to the provider. */
export function DomainsCard({ settings }: { settings: SsoSettings }) {
  const t = useTranslations("sso.domains");
  const canWrite = useCan("security:write");
  const { domains, isRequired } = settings;
  const verifiedCount = domains.filter(({ verifiedAt }) => verifiedAt !== null).length;
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      {domains.length === 0 ? (
        <p className="border-t px-4 py-4 text-13 text-muted-foreground sm:px-5">{t("none")}</p>
      ) : (
        <ul className="divide-y border-t">
          {domains.map((domain) => (
            <DomainItem
              key={domain.domain}
              domain={domain}
              endsRequirement={isRequired && domain.verifiedAt !== null && verifiedCount === 1}
            />
          ))}
        </ul>
      )}
      {canWrite && <AddDomainForm />}
    </Card>
  );
}
