"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useAnomalyMutations } from "@/components/anomalies/use-anomalies";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { useLazyDialog } from "@/components/lib/use-lazy-dialog";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import type { Anomaly } from "@/server/anomalies/schema";

// The form and what checks it come when it is asked for.
const DismissDialog = dynamic(() => import("@/components/anomalies/dismiss-dialog").then((m) => m.DismissDialog), {
  ssr: false,
});

/** Dismissing one with a reason, or taking that back; nothing for who may do neither. */
export function AnomalyAction({ anomaly }: { anomaly: Anomaly }) {
  const t = useTranslations("anomalies");
  const { slug: org } = useOrg();
  const words = useAnomalyWords();
  const mayDismiss = useCan("anomalies:write");
  const { dialog, wasAsked, open, close } = useLazyDialog<"dismiss">();
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
      <Button variant="outline" size="sm" aria-label={t("dismissOf", { name })} onClick={() => open("dismiss")}>
        {t("dismiss")}
      </Button>
      {wasAsked && <DismissDialog anomaly={anomaly} isOpen={dialog !== null} onClose={close} />}
    </>
  );
}
