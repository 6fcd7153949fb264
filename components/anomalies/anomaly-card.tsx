"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { AnomalyRow } from "@/components/anomalies/anomaly-row";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Anomaly } from "@/server/anomalies/schema";

/** What stands out, latest first; nothing where nothing does. Dismissed ones are a press away. */
export function AnomalyCard({ anomalies }: { anomalies: readonly Anomaly[] }) {
  const t = useTranslations("anomalies");
  const [showsDismissed, setShowsDismissed] = useState(false);
  const open = anomalies.filter(({ dismissal }) => dismissal === null);
  const dismissed = anomalies.filter(({ dismissal }) => dismissal !== null);
  if (anomalies.length === 0) return null;
  const shown = showsDismissed ? [...open, ...dismissed] : open;
  return (
    <Card role="region" aria-label={t("title")}>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription className="mt-0.5">{t("description")}</CardDescription>
        </div>
        {dismissed.length > 0 && (
          <CardAction>
            <Button
              variant="ghost"
              size="sm"
              aria-expanded={showsDismissed}
              onClick={() => setShowsDismissed(!showsDismissed)}
            >
              {t(showsDismissed ? "hideDismissed" : "showDismissed", { count: dismissed.length })}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      {shown.length > 0 && (
        <ul className="divide-y border-t">
          {shown.map((anomaly) => (
            <AnomalyRow key={`${anomaly.dimension} ${anomaly.key} ${anomaly.day}`} anomaly={anomaly} />
          ))}
        </ul>
      )}
    </Card>
  );
}
