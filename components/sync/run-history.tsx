"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment, useId, useState } from "react";
import { cn } from "@/components/lib/cn";
import { hasKey } from "@/components/lib/has-key";
import { formatDuration } from "@/components/lib/format-duration";
import { useTRPC } from "@/components/lib/trpc";
import { useErrorText } from "@/components/lib/use-error-text";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { RunStatus } from "@/components/sync/run-status";
import { RunStreams } from "@/components/sync/run-streams";
import { useSyncWords } from "@/components/sync/use-sync-words";
import { Callout } from "@/components/ui/callout";
import { cardTableClasses } from "@/components/ui/card-table";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { RunProgress } from "@/server/sync/schema";

const RUNS_SHOWN = 20;

/** The latest runs of a connection; each opens to its lists. */
export function RunHistory({ connectionId }: { connectionId: string }) {
  const t = useTranslations("sync.runs");
  const org = useOrg();
  const errorText = useErrorText();
  const runs = useQuery(useTRPC().sync.runs.queryOptions({ org: org.slug, connectionId, limit: RUNS_SHOWN }));
  if (runs.isPending) return <Skeleton className="mx-5 mb-5 h-40" />;
  if (runs.isError)
    return (
      <Callout className="mx-5 mb-5" variant="danger">
        {errorText(runs.error).text}
      </Callout>
    );
  if (runs.data.length === 0) return <p className="px-5 pb-5 text-13 text-muted-foreground">{t("none")}</p>;
  return (
    <Table className={cardTableClasses}>
      <TableHeader>
        <TableRow>
          <TableHead>{t("started")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead className="max-md:hidden">{t("kind")}</TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t("calls")}
          </TableHead>
          <TableHead numeric className="max-sm:hidden">
            {t("rows")}
          </TableHead>
          <TableHead numeric className="max-md:hidden">
            {t("changed")}
          </TableHead>
          <TableHead numeric>{t("took")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {runs.data.map((run, index) => (
          <RunRow key={run.id} run={run} isHistoryLeft={leavesHistory(run, runs.data.slice(0, index))} />
        ))}
      </TableBody>
    </Table>
  );
}

const sum = (run: RunProgress, measure: "rowsChanged" | "rowsRemoved") =>
  run.streams.reduce((total, stream) => total + stream[measure], 0);

function RunRow({ run, isHistoryLeft }: { run: RunProgress; isHistoryLeft: boolean }) {
  const t = useTranslations("sync");
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const detailId = useId();
  const when = format.instant(run.startedAt ?? run.createdAt);
  return (
    <Fragment>
      <TableRow className={isOpen ? "border-b-0" : undefined}>
        <TableCell>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={detailId}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1 inline-flex items-center gap-1.5 rounded-sm px-1 py-0.5 text-left tabular hover:bg-accent"
          >
            <ChevronRightIcon
              aria-hidden="true"
              className={cn(
                "size-4 shrink-0 text-muted-foreground transition-transform duration-100",
                isOpen && "rotate-90",
              )}
            />
            <time
              dateTime={run.startedAt ?? run.createdAt}
              title={format.instant(run.startedAt ?? run.createdAt, "full")}
            >
              {when}
            </time>
            <span className="sr-only">{t("runs.details")}</span>
          </button>
        </TableCell>
        <TableCell>
          <RunStatus state={run.state} />
          <RunErrors run={run} />
          {isHistoryLeft && (
            <p className="max-w-72 text-xs text-pretty text-muted-foreground">{t("runs.historyLeft")}</p>
          )}
        </TableCell>
        <TableCell className="max-md:hidden">
          {t(`kind.${run.kind}`)}
          <span className="block text-xs text-muted-foreground">
            <Trigger trigger={run.trigger} />
          </span>
        </TableCell>
        <TableCell numeric className="max-sm:hidden">
          {format.count(run.calls)}
        </TableCell>
        <TableCell numeric className="max-sm:hidden">
          {format.count(run.rowsWritten)}
        </TableCell>
        <TableCell numeric className="max-md:hidden">
          {format.count(sum(run, "rowsChanged") + sum(run, "rowsRemoved"))}
        </TableCell>
        <TableCell numeric>{took(run, format.locale)}</TableCell>
      </TableRow>
      {isOpen && (
        <TableRow>
          <TableCell id={detailId} colSpan={7} className="bg-muted/40 p-0 first:pl-0 last:pr-0">
            <RunStreams streams={run.streams} />
          </TableCell>
        </TableRow>
      )}
    </Fragment>
  );
}

function Trigger({ trigger }: { trigger: string }) {
  const t = useTranslations("sync.trigger");
  return hasKey(t, trigger) ? t(trigger) : trigger;
}

function RunErrors({ run }: { run: RunProgress }) {
  const t = useTranslations("sync.runs");
  const { errorSentence } = useSyncWords();
  const codes = [...new Set(run.streams.flatMap(({ errorCode }) => (errorCode ? [errorCode] : [])))];
  const [code] = codes;
  if (!code) return null;
  return (
    <span className="block max-w-72 text-xs text-pretty text-muted-foreground">
      {codes.length === 1
        ? errorSentence(code)
        : t("errors", { count: run.streams.filter(({ errorCode }) => errorCode).length })}
    </span>
  );
}

/** The clock does not go on with history that somebody cancelled. */
const leavesHistory = ({ state, kind }: RunProgress, later: readonly RunProgress[]) =>
  state === "cancelled" &&
  (kind === "backfill" || kind === "trailing") &&
  later.every((run) => run.kind !== "backfill");

function took(run: RunProgress, locale: string) {
  if (!run.startedAt || !run.finishedAt) return "–";
  return formatDuration((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000, locale);
}
