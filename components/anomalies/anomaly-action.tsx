"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { DismissDialog } from "@/components/anomalies/dismiss-dialog";
import { useAnomalyMutations } from "@/components/anomalies/use-anomalies";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import type { Anomaly } from "@/server/anomalies/schema";

/** Dismissing one with a reason, or taking that back; nothing for who may do neither. */
export function AnomalyAction({ anomaly }: { anomaly: Anomaly }) {
  const t = useTranslations("anomalies");
  const { slug: org } = useOrg();
  const words = useAnomalyWords();
  const mayDismiss = useCan("anomalies:write");
  const [isOpen, setIsOpen] = useState(false);
  const { restore } = useAnomalyMutations();
  const { dimension, key, dismissal } = anomaly;
  if (!mayDismiss) return null;
  const name = words.name(anomaly);
  if (dismissal) {
    return (
      <Button
        variant="outline"
        size="sm"
        aria-label={t("restoreOf", { name })}
        disabled={restore.isPending}
        onClick={() => restore.mutate({ org, dimension, key, day: dismissal.day })}
      >
        {t("restore")}
      </Button>
    );
  }
  return (
    <>
      <Button variant="outline" size="sm" aria-label={t("dismissOf", { name })} onClick={() => setIsOpen(true)}>
        {t("dismiss")}
      </Button>
      <DismissDialog anomaly={anomaly} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}
