"use client";

import { ChevronRightIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { formatDuration } from "@/components/lib/format-duration";
import { useFormat } from "@/components/lib/use-format";
import { percentDone } from "@/components/sync/run-changes";
import { RunStatus } from "@/components/sync/run-status";
import { groupStreams, type StreamGroup } from "@/components/sync/stream-groups";
import { StreamProgressRow } from "@/components/sync/stream-progress-row";
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from "@/components/ui/collapsible";
import { Progress } from "@/components/ui/progress";
import type { RunProgress as Run } from "@/server/sync/schema";

/** A run as it goes: how far, how much, how long, and each list with its errors in words. */
export function RunProgress({ run, name }: { run: Run; name: string }) {
  const t = useTranslations("sync.progress");
  const groups = groupStreams(run.streams);
  return (
    <div className="grid gap-4">
      <div className="grid gap-2">
        <Progress value={percentDone(run)} aria-label={t("label", { name })} className="h-2" />
        <RunFigures run={run} />
      </div>
      {groups.length > 0 && (
        <ul className="divide-y overflow-hidden rounded-lg border">
          {groups.map((group) => (
            <li key={group.name}>
              <GroupProgress group={group} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function TimeLeft({ run: { secondsLeft, windowsDone, windowsTotal } }: { run: Run }) {
  const t = useTranslations("sync.progress");
  const { locale } = useFormat();
  if (windowsTotal > 0 && windowsDone >= windowsTotal) return t("finishing");
  return secondsLeft === null ? t("leftUnknown") : t("left", { left: formatDuration(secondsLeft, locale) });
}

function RunFigures({ run }: { run: Run }) {
  const t = useTranslations("sync.progress");
  const isRunning = run.state === "running" || run.state === "queued";
  return (
    <div className="flex min-h-5 flex-wrap items-center justify-between gap-x-4 gap-y-1 text-13 text-muted-foreground tabular">
      <span className="flex flex-wrap gap-x-3">
        <span>{t("windows", { done: run.windowsDone, total: run.windowsTotal })}</span>
        <span>{t("calls", { count: run.calls })}</span>
        <span>{t("rows", { count: run.rowsWritten })}</span>
      </span>
      {isRunning && (
        <span>
          <TimeLeft run={run} />
        </span>
      )}
    </div>
  );
}

function GroupProgress({ group }: { group: StreamGroup }) {
  const t = useTranslations("sync.progress");
  const isTroubled = group.streams.some(({ errorCode }) => errorCode !== null);
  return (
    <Collapsible defaultOpen={group.name === "costs" || isTroubled}>
      <CollapsibleTrigger className="group flex w-full items-center gap-3 px-3.5 py-2.5 text-left text-13 transition-colors duration-100 hover:bg-accent focus-visible:-outline-offset-2">
        <ChevronRightIcon
          aria-hidden="true"
          className="size-4 text-muted-foreground transition-transform duration-100 group-data-[state=open]:rotate-90"
        />
        <span className="flex-1 font-medium">{t(`groups.${group.name}`)}</span>
        <span className="text-xs text-muted-foreground tabular">
          {t("windows", { done: group.windowsDone, total: group.windowsTotal })}
        </span>
        <RunStatus state={group.state} showWord={false} />
      </CollapsibleTrigger>
      <CollapsibleContent>
        <ul className="grid gap-0.5 border-t bg-muted/40 py-1.5">
          {group.streams.map((stream) => (
            <StreamProgressRow key={stream.name} stream={stream} />
          ))}
        </ul>
      </CollapsibleContent>
    </Collapsible>
  );
}
