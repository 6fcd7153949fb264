"use client";

import { useTranslations } from "next-intl";
import { AnomalyList } from "@/components/anomalies/anomaly-list";
import { chooseAnomalies } from "@/components/anomalies/anomaly-params";
import { QuietLink } from "@/components/layout/quiet-link";
import { useOrg } from "@/components/orgs/org-context";
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useUsageRange } from "@/components/usage/range-context";
import type { Anomaly } from "@/server/anomalies/schema";

/** More are a press away. */
const SHOWN = 5;

/** What stands out and is not dismissed, latest first; nothing where nothing ever did in the range. */
export function AnomalyCard({ anomalies }: { anomalies: readonly Anomaly[] }) {
  const t = useTranslations("anomalies");
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  const { shown } = chooseAnomalies(anomalies, { state: "open", kind: null, direction: null });
  if (anomalies.length === 0) return null;
  return (
    <Card role="region" aria-label={t("title")}>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription className="mt-0.5">{t("description")}</CardDescription>
        </div>
        <CardAction>
          <QuietLink href={`/${slug}/anomalies${suffix}`} className="whitespace-nowrap">
            {t("seeAll", { count: anomalies.length })}
          </QuietLink>
        </CardAction>
      </CardHeader>
      <div className="border-t">
        {shown.length === 0 ? (
          <p className="px-4 py-4 text-13 text-muted-foreground sm:px-5">{t("allDismissed")}</p>
        ) : (
          <AnomalyList anomalies={shown.slice(0, SHOWN)} />
        )}
      </div>
    </Card>
  );
}
