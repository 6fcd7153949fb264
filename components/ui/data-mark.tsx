"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Tooltip } from "@/components/ui/tooltip";

export type DataMarkKind = "unpriced" | "unattributed" | "estimated" | "stale";

const hints = {
  unpriced: "unpricedHint",
  unattributed: "unattributedHint",
  estimated: "estimatedHint",
  stale: "staleHint",
} as const;

/** The quiet word beside a figure that is not quite what it seems, explained on hover and focus. */
export function DataMark({ kind }: { kind: DataMarkKind }) {
  const t = useTranslations("ui");
  return (
    <Tooltip content={t(hints[kind])}>
      <Badge variant={kind === "stale" ? "warning" : "neutral"} tabIndex={0}>
        {t(kind)}
      </Badge>
    </Tooltip>
  );
}
