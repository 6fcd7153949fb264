"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/lib/cn";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

type ErrorStateProps = {
  /** What happened. */
  title?: string;
  /** What it means and what to do. */
  description?: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  action?: ReactNode;
  className?: string;
};

export function ErrorState({ title, description, requestId, onRetry, action, className }: ErrorStateProps) {
  const t = useTranslations("layout");
  const ui = useTranslations("ui");
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-col items-center justify-center gap-4 rounded-lg border px-6 py-16 text-center",
        className,
      )}
    >
      <span className="grid size-10 place-content-center rounded-lg bg-destructive-soft text-destructive-text">
        <CircleAlertIcon aria-hidden="true" className="size-5" />
      </span>
      <div className="max-w-md">
        <h2 className="text-sm font-medium">{title ?? t("errorTitle")}</h2>
        <p className="mt-1 text-13 text-pretty text-muted-foreground">{description ?? t("errorBody")}</p>
      </div>
      {(onRetry || action) && (
        <div className="flex gap-2">
          {onRetry && (
            <Button variant="outline" onClick={onRetry}>
              {ui("retry")}
            </Button>
          )}
          {action}
        </div>
      )}
      {requestId && (
        <p className="flex items-center gap-1 font-mono text-xs text-muted-foreground">
          {t("requestId", { id: requestId })}
          <CopyButton value={requestId} label={t("copyRequestId")} />
        </p>
      )}
    </div>
  );
}
