"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";

/** By which characters an Admin key can be told from others; nothing for who may not know. */
export function KeyHint({ last4, className }: { last4: string | null; className?: string }) {
  const t = useTranslations("connections");
  if (!last4) return null;
  return (
    <span className={cn("font-mono", className)} title={t("keyEnding", { last4 })}>
      ····{last4}
    </span>
  );
}
