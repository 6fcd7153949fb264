"use client";

import { ScaleIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { QuietLink } from "@/components/layout/quiet-link";
import { useOrg } from "@/components/orgs/org-context";
import { useUsageRange } from "@/components/usage/range-context";

/** Where it is told whether figures of these days tie to the bill. */
export function ReconcileLink() {
  const t = useTranslations("usage");
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  return (
    <QuietLink href={`/${slug}/reconciliation${suffix}`} icon={ScaleIcon}>
      {t("reconcile")}
    </QuietLink>
  );
}
