"use client";

import { TrendingUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAnswerAnomalies } from "@/components/explore/use-answer-anomalies";
import { QuietLink } from "@/components/layout/quiet-link";
import { useOrg } from "@/components/orgs/org-context";
import { useUsageRange } from "@/components/usage/range-context";
import { ReconcileLink } from "@/components/usage/reconcile-link";
import type { ExploreResult } from "@/server/explore/schema";

/** What else there is to know about spend: what stands out of it, and whether it ties to the bill. */
export function AnswerLinks({ result }: { result: ExploreResult }) {
  const t = useTranslations("anomalies");
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  const open = useAnswerAnomalies(result).filter(({ dismissal }) => dismissal === null);
  if (result.query.measure !== "cost") return null;
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1 px-1">
      <ReconcileLink />
      {open.length > 0 && (
        <QuietLink href={`/${slug}/anomalies${suffix}`} icon={TrendingUpDownIcon}>
          {t("standOut", { count: open.length })}
        </QuietLink>
      )}
    </div>
  );
}
