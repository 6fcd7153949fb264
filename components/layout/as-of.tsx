"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import type { Instant } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { Spinner } from "@/components/ui/spinner";
import { Tooltip } from "@/components/ui/tooltip";

export type Freshness = "fresh" | "syncing" | "stale" | "partial" | "failed" | "empty";

const dots: Record<Exclude<Freshness, "syncing">, string> = {
  fresh: "bg-success",
  stale: "bg-warning",
  partial: "bg-warning",
  failed: "bg-destructive",
  empty: "bg-control-border",
};

type AsOfProps = {
  state: Freshness;
  /** Up to when the provider's figures are in; null when nothing is. */
  asOf: Instant | null;
  /** More in the tooltip: which part is missing, what went wrong. */
  detail?: ReactNode;
  className?: string;
};

/** How fresh the page is, in a word; the whole truth on hover and focus. */
export function AsOf({ state, asOf, detail, className }: AsOfProps) {
  const t = useTranslations("layout.freshness");
  const format = useFormat();
  const now = useNow();
  const time = asOf ? format.instant(asOf, "full") : "–";
  const hints = {
    fresh: "freshHint",
    syncing: "syncingHint",
    stale: "staleHint",
    partial: "partialHint",
    failed: "failedHint",
    empty: "emptyHint",
  } as const;
  return (
    <Tooltip
      content={
        <span className="flex flex-col gap-1">
          <span>{t(hints[state], { time })}</span>
          {detail && <span className="text-muted-foreground">{detail}</span>}
        </span>
      }
    >
      <button
        type="button"
        className={cn(
          "inline-flex h-8 cursor-default items-center gap-2 rounded-md px-2 text-13 whitespace-nowrap text-muted-foreground",
          className,
        )}
      >
        {state === "syncing" ? (
          <Spinner className="size-3.5" />
        ) : (
          <span aria-hidden="true" className={cn("size-2 rounded-full", dots[state])} />
        )}
        <span>{t(state)}</span>
        {asOf && (
          <time dateTime={asOf} className="border-l pl-2 tabular">
            {now === null ? format.instant(asOf) : format.relative(asOf, now)}
          </time>
        )}
      </button>
    </Tooltip>
  );
}
