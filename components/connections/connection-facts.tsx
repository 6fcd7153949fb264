"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { AbilitiesList } from "@/components/connections/abilities-list";
import { KeyEnding } from "@/components/connections/key-ending";
import { LastSynced } from "@/components/connections/last-synced";
import { useFormat } from "@/components/lib/use-format";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { ConnectionSummary } from "@/server/connections/schema";

/** What a connection is: whose, with which key, how deep. */
export function ConnectionFacts({ connection }: { connection: ConnectionSummary }) {
  const t = useTranslations("connections");
  const format = useFormat();
  return (
    <Card>
      <dl className="grid gap-x-8 gap-y-4 p-4 text-13 sm:grid-cols-2 sm:p-5 lg:grid-cols-4">
        <Fact label={t("facts.organization")}>
          <span className="block name-text font-medium">{connection.openaiOrgName ?? t("noName")}</span>
          <span className="flex min-w-0 items-center gap-0.5 font-mono text-xs text-muted-foreground">
            <span className="truncate">{connection.openaiOrgId}</span>
            <CopyButton value={connection.openaiOrgId} className="-my-1" />
          </span>
        </Fact>
        <Fact label={t("facts.key")}>
          {connection.keyLast4 === null ? t("keyHidden") : <KeyEnding last4={connection.keyLast4} />}
          <LastSyncedLine connection={connection} />
        </Fact>
        <Fact label={t("facts.history")}>
          <span className="block tabular">{t("facts.historyDays", { days: connection.backfillDays })}</span>
          <span className="block text-xs text-muted-foreground">
            {t("facts.trailing", { days: connection.trailingDays })}
          </span>
          <span className="block text-xs text-muted-foreground">
            {t("facts.detail")}:{" "}
            {t(connection.usageGranularity === "hour" ? "form.granularityHour" : "form.granularityDay")}
          </span>
          <span className="block text-xs text-muted-foreground">
            {t("facts.connected")}: {format.instant(connection.createdAt)}
          </span>
        </Fact>
        <Fact label={t("form.abilities")}>
          <AbilitiesList abilities={connection.abilities} />
        </Fact>
      </dl>
    </Card>
  );
}

function LastSyncedLine({ connection }: { connection: ConnectionSummary }) {
  return (
    <span className="block text-xs text-muted-foreground">
      <LastSynced connection={connection} />
    </span>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="mt-1 min-w-0">{children}</dd>
    </div>
  );
}
