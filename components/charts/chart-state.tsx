"use client";

import { ChartColumnIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";

export type ChartState =
  | { status: "ready" }
  | { status: "loading" }
  | { status: "empty"; message?: string; action?: ReactNode }
  | { status: "error"; message?: string; requestId?: string; onRetry?: () => void };

/** What stands in the chart's place while there is none, at the chart's own height. */
export function ChartStateView({ state, height }: { state: Exclude<ChartState, { status: "ready" }>; height: number }) {
  const t = useTranslations("charts");
  const ui = useTranslations("ui");
  const layout = useTranslations("layout");
  if (state.status === "loading") return <ChartSkeleton height={height} label={ui("loading")} />;
  return (
    <div
      role={state.status === "error" ? "alert" : undefined}
      className="flex flex-col items-center justify-center gap-3 rounded-md border border-dashed text-center text-13"
      style={{ height }}
    >
      <ChartColumnIcon aria-hidden="true" className="size-5 text-muted-foreground" />
      <p className="max-w-xs text-pretty text-muted-foreground">
        {state.message ?? (state.status === "error" ? layout("errorTitle") : t("empty"))}
      </p>
      {state.status === "empty" && state.action}
      {state.status === "error" && (
        <>
          {state.onRetry && (
            <Button variant="outline" size="sm" onClick={state.onRetry}>
              {ui("retry")}
            </Button>
          )}
          {state.requestId && (
            <p className="font-mono text-2xs text-muted-foreground">{layout("requestId", { id: state.requestId })}</p>
          )}
        </>
      )}
    </div>
  );
}

const bars = [38, 52, 45, 64, 58, 72, 49, 40, 66, 78, 70, 83, 61, 55, 74, 90, 68, 59];

export function ChartSkeleton({ height = "100%", label }: { height?: number | string; label?: string }) {
  return (
    <div role="status" aria-label={label} className="flex items-end gap-[2%] pb-7 pl-14" style={{ height }}>
      {bars.map((percent) => (
        <Skeleton key={percent} className="flex-1 rounded-sm" style={{ height: `${percent}%` }} />
      ))}
    </div>
  );
}
