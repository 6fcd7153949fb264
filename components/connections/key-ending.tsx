"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";

/** How a key ends, to tell it from others. */
export function KeyEnding({ last4, className }: { last4: string; className?: string }) {
  const t = useTranslations("connections");
  return (
    <span className={cn("font-mono", className)} title={t("keyEnding", { last4 })}>
      ····{last4}
    </span>
  );
}
