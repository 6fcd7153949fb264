"use client";

import { TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DismissDialog } from "@/components/anomalies/dismiss-dialog";
import { useAnomalyMutations } from "@/components/anomalies/use-anomalies";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { cn } from "@/components/lib/cn";
import { addDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Difference } from "@/components/ui/figure";
import { formatFilter } from "@/server/explore/constants";
import type { Anomaly } from "@/server/anomalies/schema";

/** One incident: what, when, how much over the expected, because of whom, and what can be done about it. */
export function AnomalyRow({ anomaly }: { anomaly: Anomaly }) {
  const t = useTranslations("anomalies");
  const format = useFormat();
  const words = useAnomalyWords();
  const { range, amount, expected, excess, causes, dismissal, isOngoing } = anomaly;
  const others = causes.filter(
    ({ label }) => label.dimension !== anomaly.dimension || label.key !== (anomaly.key || null),
  );
  const days = format.dayRange(range.from, addDays(range.to, -1));
  return (
    <li className="flex gap-x-2.5 gap-y-2 px-4 py-3 text-13 max-sm:flex-wrap sm:px-5">
      <TriangleAlertIcon
        aria-hidden="true"
        className={cn("mt-0.5 size-4 shrink-0", dismissal ? "text-muted-foreground" : "text-warning-text")}
      />
      <div className="grid min-w-0 flex-1 gap-0.5 max-sm:basis-[calc(100%-1.625rem)]">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Link
            href={useExploreHref(anomaly)}
            className="name-text min-w-0 rounded-sm font-medium underline-offset-4 hover:underline"
          >
            {words.name(anomaly)}
          </Link>
          <span className="font-medium">
            <Difference value={excess} />
          </span>
          {isOngoing && !dismissal && <Badge variant="warning">{t("ongoing")}</Badge>}
        </p>
        <p className="text-pretty text-muted-foreground">
          {t("instead", { days, amount: format.money(amount), expected: format.money(expected) })}
        </p>
        {others.length > 0 && (
          <p className="text-pretty text-muted-foreground">
            {t("because", {
              causes: others
                .map(({ label, isNew }) => (isNew ? t("newCause", { name: words.label(label) }) : words.label(label)))
                .join(" · "),
            })}
          </p>
        )}
        {dismissal && (
          <p className="text-pretty">
            {dismissal.by
              ? t("dismissedBy", { name: dismissal.by, reason: dismissal.reason })
              : t("dismissedReason", { reason: dismissal.reason })}
          </p>
        )}
      </div>
      <AnomalyAction anomaly={anomaly} />
    </li>
  );
}

/** Explore with what stood out alone, two weeks around it. */
function useExploreHref({ dimension, key, range }: Anomaly): string {
  const { slug } = useOrg();
  const params = new URLSearchParams({ from: addDays(range.from, -14), to: addDays(range.to, 7) });
  params.set("group", dimension === "total" ? "api_key" : "model");
  if (dimension !== "total") params.set("filter", formatFilter({ dimension, op: "in", values: [key || null] }));
  return `/${slug}/explore?${params}`;
}

function AnomalyAction({ anomaly }: { anomaly: Anomaly }) {
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
        variant="ghost"
        size="sm"
        className="max-sm:ml-5"
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
      <Button
        variant="outline"
        size="sm"
        className="max-sm:ml-6.5"
        aria-label={t("dismissOf", { name })}
        onClick={() => setIsOpen(true)}
      >
        {t("dismiss")}
      </Button>
      <DismissDialog anomaly={anomaly} isOpen={isOpen} onClose={() => setIsOpen(false)} />
    </>
  );
}
