"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { hasKey } from "@/components/lib/has-key";
import { Callout } from "@/components/ui/callout";
import type { ConnectionSummary } from "@/server/connections/schema";

/** Why a connection does not work, and what to do. */
export function BrokenCallout({ connection, action }: { connection: ConnectionSummary; action?: ReactNode }) {
  const t = useTranslations("connections");
  const sentence = useBrokenSentence();
  if (connection.status !== "broken") return null;
  return (
    <Callout variant="danger" title={t("banner.broken", { name: connection.name })} action={action}>
      {sentence(connection.statusReason)}
    </Callout>
  );
}

export function useBrokenSentence() {
  const t = useTranslations("connections.brokenReason");
  return (reason: string | null) => (reason !== null && hasKey(t, reason) ? t(reason) : t("other"));
}
