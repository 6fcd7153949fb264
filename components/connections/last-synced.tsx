"use client";

import { useTranslations } from "next-intl";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import type { ConnectionSummary } from "@/server/connections/schema";

/** "Last synced 3 minutes ago", the exact moment on hover. */
export function LastSynced({ connection }: { connection: Pick<ConnectionSummary, "lastSyncedAt"> }) {
  const t = useTranslations("connections");
  const format = useFormat();
  const now = useNow();
  const { lastSyncedAt } = connection;
  if (!lastSyncedAt) return <span>{t("neverSynced")}</span>;
  return (
    <time dateTime={lastSyncedAt} title={format.instant(lastSyncedAt, "full")}>
      {t("lastSyncedAt", {
        when:
          now === null
            ? format.instant(lastSyncedAt)
            : format.relative(lastSyncedAt, Math.max(now, Date.parse(lastSyncedAt))),
      })}
    </time>
  );
}
