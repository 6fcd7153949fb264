"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { ErrorText } from "@/components/lib/use-error-text";
import { Callout } from "@/components/ui/callout";

/** Why a form was not accepted, announced as it appears. */
export function FormError({ error, children }: { error: ErrorText | null; children?: ReactNode }) {
  const t = useTranslations("errors");
  if (!error) return null;
  return (
    <Callout variant="danger">
      {error.text}
      {error.requestId && (
        <span className="mt-1 block font-mono text-xs break-all text-muted-foreground">
          {t("requestId", { id: error.requestId })}
        </span>
      )}
      {children}
    </Callout>
  );
}
