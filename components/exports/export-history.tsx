"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { DownloadIcon, FileOutputIcon, GitCompareArrowsIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ChangesDialog } from "@/components/exports/changes-dialog";
import { exportPath } from "@/components/exports/export-path";
import { useExportWords } from "@/components/exports/use-export-words";
import { EmptyState } from "@/components/layout/empty-state";
import { addDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ExportRunEntry } from "@/server/exports/schema";

/** While a run is under way the list looks again by itself. */
const LOOK_AGAIN_MS = 3_000;

/** Downloads and scheduled runs, newest first, and what changed since each. */
export function ExportHistory() {
  const t = useTranslations("exports.history");
  const { slug: org } = useOrg();
  const options = useTRPC().exports.history.queryOptions({ org });
  const { data: runs } = useSuspenseQuery({
    ...options,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? LOOK_AGAIN_MS : false),
  });
  if (runs.length === 0) return <EmptyState icon={FileOutputIcon} title={t("empty")} description={t("emptyText")} />;
  return (
    <Card>
      <CardHeader className="border-b">
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <ul aria-label={t("title")} className="divide-y">
        {runs.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </Card>
  );
}

const isUnderWay = ({ state }: ExportRunEntry) => state === "queued" || state === "running";

const badges: Record<ExportRunEntry["state"], BadgeProps["variant"]> = {
  queued: "info",
  running: "info",
  succeeded: "success",
  failed: "danger",
};

function RunRow({ run }: { run: ExportRunEntry }) {
  const t = useTranslations("exports.history");
  const words = useExportWords();
  const format = useFormat();
  const { name, search, from, to, state, written, location, errorCode, requestedBy, requestedAt } = run;
  const days = format.dayRange(from, addDays(to, -1));
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 px-4 py-3.5 text-13 sm:px-5">
      <div className="grid min-w-0 flex-1 basis-72 gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="name-text font-medium">{name ?? words.content(search)}</span>
          {run.scheduleId !== null && <Badge variant={badges[state]}>{t(`state.${state}`)}</Badge>}
          {written && !written.isComplete && <Badge variant="warning">{t("incomplete")}</Badge>}
        </p>
        <p className="text-muted-foreground">
          {name === null ? days : `${words.content(search)} · ${days}`}
          {written && ` · ${t("rows", { count: written.rows })}`}
        </p>
        <p className="name-text text-muted-foreground">
          {t("by", { name: requestedBy ?? t("clock"), time: format.instant(requestedAt) })}
        </p>
        {location !== null && <p className="break-all text-muted-foreground">{words.location(location)}</p>}
        {errorCode !== null && (
          <p className="text-pretty text-destructive-text">
            {state === "failed" ? words.failure(errorCode) : t("retried", { reason: words.failure(errorCode) })}
          </p>
        )}
      </div>
      {state === "succeeded" && <RunActions run={run} days={days} />}
    </li>
  );
}

function RunActions({ run, days }: { run: ExportRunEntry; days: string }) {
  const t = useTranslations("exports.history");
  const words = useExportWords();
  const { slug: org } = useOrg();
  const [isOpen, setOpen] = useState(false);
  const { search, from, to } = run;
  const asks = Object.fromEntries(new URLSearchParams(search));
  const what = `${run.name ?? words.content(search)}, ${days}`;
  return (
    <div className="flex flex-wrap gap-2">
      {asks.dataset !== "changes" && (
        <Button variant="outline" size="sm" onClick={() => setOpen(true)} aria-label={t("changesOf", { what })}>
          <GitCompareArrowsIcon />
          {t("changes")}
        </Button>
      )}
      <Button variant="outline" size="sm" asChild>
        <a href={exportPath(org, { from, to }, asks)} download aria-label={t("againOf", { what })}>
          <DownloadIcon />
          {t("again")}
        </a>
      </Button>
      {isOpen && <ChangesDialog run={run} onClose={() => setOpen(false)} />}
    </div>
  );
}
