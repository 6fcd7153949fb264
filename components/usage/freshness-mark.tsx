"use client";

import { useTranslations } from "next-intl";
import { SampleBadge } from "@/components/connections/connection-status";
import { AsOf } from "@/components/layout/as-of";
import { addDays } from "@/components/lib/date-range";
import { useFormat } from "@/components/lib/use-format";
import { Skeleton } from "@/components/ui/skeleton";
import { daysOf } from "@/components/usage/attention-items";
import type { Freshness } from "@/server/usage/schema";

/** How current the figures are, and whether they are invented. */
export function FreshnessMark({ freshness }: { freshness: Freshness }) {
  const t = useTranslations("usage");
  const format = useFormat();
  const { state, asOf, missing, sample } = freshness;
  const days = daysOf(missing);
  const detail =
    days > 0
      ? t("missingDetail", {
          count: days,
          ranges: missing
            .slice(0, 4)
            .map(({ from, to }) => format.dayRange(from, addDays(to, -1)))
            .join(", "),
        })
      : undefined;
  return (
    <>
      {sample !== "none" && <SampleBadge isMixed={sample === "some"} />}
      <AsOf state={state} asOf={asOf} detail={detail} />
    </>
  );
}

/** Half of its width is a guess; its height is not. */
export const FreshnessSkeleton = () => <Skeleton className="h-4 w-36" />;
