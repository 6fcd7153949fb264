"use client";

import { useTranslations } from "next-intl";
import { percentDone } from "@/components/sync/run-changes";
import { RunStatus } from "@/components/sync/run-status";
import { shownState } from "@/components/sync/stream-groups";
import { useSyncWords } from "@/components/sync/use-sync-words";
import { Progress } from "@/components/ui/progress";
import type { RunStreamProgress } from "@/server/sync/schema";

/** One list of a run: its name, how far it is, and why it stopped. */
export function StreamProgressRow({ stream }: { stream: RunStreamProgress }) {
  const t = useTranslations("sync.progress");
  const { streamName, errorSentence } = useSyncWords();
  const name = streamName(stream.name);
  return (
    <li className="grid gap-x-3 px-3.5 py-1 pl-10.5 text-13">
      <div className="flex min-w-0 items-center gap-3">
        <span className="min-w-0 flex-1 truncate text-muted-foreground">{name}</span>
        <span className="hidden text-xs text-muted-foreground tabular sm:inline">
          {stream.calls > 0 && t("calls", { count: stream.calls })}
        </span>
        <span className="w-14 text-right text-xs text-muted-foreground tabular">
          {stream.windowsDone}/{stream.windowsTotal}
        </span>
        <Progress
          value={stream.state === "succeeded" ? 100 : (percentDone(stream) ?? 0)}
          aria-label={t("label", { name })}
          tone={stream.errorCode ? "warning" : "accent"}
          className="hidden w-24 sm:block"
        />
        <RunStatus state={shownState(stream)} showWord={false} />
      </div>
      {stream.errorCode && (
        <p className="text-xs text-pretty text-warning-text" title={stream.errorMessage ?? undefined}>
          {errorSentence(stream.errorCode)}
        </p>
      )}
    </li>
  );
}
