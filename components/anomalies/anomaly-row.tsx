"use client";

import { TrendingDownIcon, TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { AnomalyAction } from "@/components/anomalies/anomaly-action";
import { exploreHref, whyHref } from "@/components/anomalies/anomaly-links";
import { useAnomalyWords } from "@/components/anomalies/use-anomaly-words";
import { cn } from "@/components/lib/cn";
import { addDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Difference } from "@/components/ui/figure";
import type { Anomaly } from "@/server/anomalies/schema";

/** One incident: what, when, how much over or under the expected, because of whom, and what can be done about it. */
export function AnomalyRow({ anomaly }: { anomaly: Anomaly }) {
  const t = useTranslations("anomalies");
  const dimensions = useTranslations("explore.dimensions");
  const format = useFormat();
  const words = useAnomalyWords();
  const { slug } = useOrg();
  const { dimension, key, range, amount, expected, excess, dismissal } = anomaly;
  const days = format.dayRange(range.from, addDays(range.to, -1));
  const causes = useCauses(anomaly);
  return (
    <li className="flex gap-x-2.5 gap-y-2 px-4 py-3 text-13 max-sm:flex-wrap sm:px-5">
      <RowIcon anomaly={anomaly} />
      <div className="grid min-w-0 flex-1 gap-0.5 max-sm:basis-[calc(100%-1.625rem)]">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Link
            href={exploreHref(slug, anomaly)}
            className="name-text min-w-0 rounded-sm font-medium underline-offset-4 hover:underline"
          >
            {words.name(anomaly)}
          </Link>
          {/* Of nobody the name says already what it is. */}
          {dimension !== "total" && key !== "" && (
            <span className="text-muted-foreground">{dimensions(dimension)}</span>
          )}
          <StateBadge anomaly={anomaly} />
          <Difference value={excess} className="font-medium sm:hidden" />
        </p>
        <p className="text-pretty text-muted-foreground">
          {t("instead", { days, amount: format.money(amount), expected: format.money(expected) })}{" "}
          {anomaly.stoppedOn && t("nothingSince", { day: format.day(anomaly.stoppedOn) })}
        </p>
        {causes && <p className="text-pretty text-muted-foreground">{t("because", { causes })}</p>}
        {dismissal && (
          <p className="text-pretty">
            {dismissal.by
              ? t("dismissedBy", { name: dismissal.by, reason: dismissal.reason })
              : t("dismissedReason", { reason: dismissal.reason })}
          </p>
        )}
      </div>
      <div className="flex shrink-0 items-center gap-3 self-start max-sm:ml-6.5">
        <Difference value={excess} className="mr-3 font-medium max-sm:hidden" />
        <Link
          href={whyHref(slug, anomaly)}
          aria-label={t("whyOf", { name: words.name(anomaly) })}
          className="rounded-sm font-medium text-primary-text underline-offset-4 hover:underline"
        >
          {t("why")}
        </Link>
        <AnomalyAction anomaly={anomaly} />
      </div>
    </li>
  );
}

function RowIcon({ anomaly: { direction, dismissal } }: { anomaly: Anomaly }) {
  const Icon = direction === "fall" ? TrendingDownIcon : TriangleAlertIcon;
  const isLoud = direction === "rise" && dismissal === null;
  return (
    <Icon
      aria-hidden="true"
      className={cn("mt-0.5 size-4 shrink-0", isLoud ? "text-warning-text" : "text-muted-foreground")}
    />
  );
}

/** What has stopped is said quietly: it may well be meant. */
function StateBadge({ anomaly: { direction, isOngoing, stoppedOn, dismissal } }: { anomaly: Anomaly }) {
  const t = useTranslations("anomalies");
  if (dismissal) return null;
  if (stoppedOn) return <Badge>{t("stopped")}</Badge>;
  return isOngoing ? <Badge variant={direction === "rise" ? "warning" : "neutral"}>{t("ongoing")}</Badge> : null;
}

/** Where else it shows, most telling first; null where it shows nowhere else. */
function useCauses({ dimension, key, causes }: Anomaly): string | null {
  const t = useTranslations("anomalies");
  const dimensions = useTranslations("explore.dimensions");
  const words = useAnomalyWords();
  const others = causes.filter(({ label }) => label.dimension !== dimension || label.key !== (key || null));
  if (others.length === 0) return null;
  return others
    .map(({ label, isNew }) => {
      const named = { dimension: dimensions(label.dimension), name: words.label(label) };
      const name = label.key === null ? named.name : t("cause", named);
      return isNew ? t("newCause", { name }) : name;
    })
    .join(" · ");
}
