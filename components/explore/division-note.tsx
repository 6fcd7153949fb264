"use client";

import { InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import type { ExploreResult } from "@/server/explore/schema";

/** How figures of UTC days became figures of hours or of other days, and what could not be divided. */
export function DivisionNote({ result }: { result: ExploreResult }) {
  const t = useTranslations("explore.division");
  const format = useFormat();
  const { undivided, query } = result;
  if (undivided === null) return null;
  const isCost = query.measure === "cost";
  const amount = isCost ? format.money(undivided) : format.count(undivided);
  return (
    <p className="flex items-start gap-2 px-1 text-13 text-pretty text-muted-foreground">
      <InfoIcon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        {t(isCost ? "cost" : "usage")} {Number(undivided) !== 0 && t("undivided", { amount })}
      </span>
    </p>
  );
}
