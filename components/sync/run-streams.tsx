"use client";

import { useTranslations } from "next-intl";
import { formatDuration } from "@/components/lib/format-duration";
import { useFormat } from "@/components/lib/use-format";
import { RunStatus } from "@/components/sync/run-status";
import { groupStreams } from "@/components/sync/stream-groups";
import { useSyncWords } from "@/components/sync/use-sync-words";
import type { RunStreamProgress } from "@/server/sync/schema";

/** The lists of one run: what each cost in calls, what it brought, and why it stopped. */
export function RunStreams({ streams }: { streams: RunStreamProgress[] }) {
  const t = useTranslations("sync");
  const format = useFormat();
  const { streamName, errorSentence } = useSyncWords();
  return (
    <ul aria-label={t("runs.details")} className="divide-y">
      {groupStreams(streams)
        .flatMap((group) => group.streams)
        .map((stream) => (
          <li key={stream.name} className="grid gap-x-4 gap-y-0.5 px-4 py-2 pl-10 text-13 sm:grid-cols-[1fr_auto]">
            <span className="flex min-w-0 items-center gap-2">
              <RunStatus state={stream.state} showWord={false} />
              <span className="truncate">{streamName(stream.name)}</span>
            </span>
            <span className="flex flex-wrap gap-x-3 text-xs text-muted-foreground tabular max-sm:pl-6">
              <span>{t("progress.windows", { done: stream.windowsDone, total: stream.windowsTotal })}</span>
              <span>{t("progress.calls", { count: stream.calls })}</span>
              <span>{t("progress.rows", { count: stream.rowsWritten })}</span>
              {stream.seconds !== null && <span>{formatDuration(stream.seconds, format.locale)}</span>}
            </span>
            {stream.errorCode && (
              <span className="text-xs text-pretty text-warning-text max-sm:pl-6 sm:col-span-2 sm:pl-6">
                {errorSentence(stream.errorCode)}
                {stream.errorMessage && (
                  <span className="block font-mono break-words text-muted-foreground">{stream.errorMessage}</span>
                )}
              </span>
            )}
          </li>
        ))}
    </ul>
  );
}
