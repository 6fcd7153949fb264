"use client";

import { CircleAlertIcon, CircleCheckIcon, CircleSlashIcon, LockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { CoverageStrip } from "@/components/connections/coverage-strip";
import { cn } from "@/components/lib/cn";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useSyncWords } from "@/components/sync/use-sync-words";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { StreamSummary } from "@/server/sync/schema";

const order = ["costs", "usage", "directory"];
const rank = ({ name }: StreamSummary) => order.findIndex((prefix) => name.startsWith(prefix));

/** Every list a connection keeps in step, with its state in words. */
export function StreamsTable({ streams, backfillDays }: { streams: StreamSummary[]; backfillDays: number }) {
  const t = useTranslations("connections.streams");
  if (streams.length === 0) return <p className="px-5 pb-5 text-13 text-muted-foreground">{t("none")}</p>;
  const sorted = [...streams].sort((a, b) => rank(a) - rank(b));
  return (
    <Table>
      <TableHeader>
        <TableRow>
          <TableHead>{t("stream")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead className="max-lg:hidden">{t("grouping")}</TableHead>
          <TableHead className="max-sm:hidden">{t("covered")}</TableHead>
          <TableHead className="text-right max-sm:hidden">{t("asOf")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {sorted.map((stream) => (
          <StreamRow key={stream.name} stream={stream} backfillDays={backfillDays} />
        ))}
      </TableBody>
    </Table>
  );
}

function StreamRow({ stream, backfillDays }: { stream: StreamSummary; backfillDays: number }) {
  const t = useTranslations("connections");
  const { streamName, groupingName } = useSyncWords();
  const isDirectory = stream.name.startsWith("directory");
  return (
    <TableRow>
      <TableCell className="font-medium whitespace-nowrap">{streamName(stream.name)}</TableCell>
      <TableCell className="min-w-44">
        <StreamState stream={stream} />
      </TableCell>
      <TableCell className="text-muted-foreground max-lg:hidden">
        {isDirectory
          ? null
          : stream.grouping.length > 0
            ? [...new Set(stream.grouping.map(groupingName))].join(", ")
            : t("streams.noGrouping")}
      </TableCell>
      <TableCell className="max-sm:hidden">
        {!isDirectory && (
          <div className="flex items-center gap-2.5">
            <CoverageStrip stream={stream} backfillDays={backfillDays} className="h-3 w-32" />
            <span className="text-xs whitespace-nowrap text-muted-foreground tabular">
              {t("coveredDays", { count: Math.min(stream.coveredDays, backfillDays) })}
            </span>
          </div>
        )}
      </TableCell>
      <TableCell numeric className="text-muted-foreground max-sm:hidden">
        <AsOf instant={stream.syncedThrough} />
      </TableCell>
    </TableRow>
  );
}

function AsOf({ instant }: { instant: string | null }) {
  const t = useTranslations("connections");
  const format = useFormat();
  const now = useNow();
  if (!instant) return t("never");
  return (
    <time dateTime={instant} title={format.instant(instant, "full")}>
      {now === null ? format.instant(instant) : format.relative(instant, Math.max(now, Date.parse(instant)))}
    </time>
  );
}

const looks = {
  ok: { Icon: CircleCheckIcon, tone: "text-success-text" },
  failing: { Icon: CircleAlertIcon, tone: "text-destructive-text" },
  forbidden: { Icon: LockIcon, tone: "text-warning-text" },
  unsupported: { Icon: CircleSlashIcon, tone: "text-muted-foreground" },
} as const;

function StreamState({ stream }: { stream: StreamSummary }) {
  const t = useTranslations("connections");
  const { errorSentence } = useSyncWords();
  const { Icon, tone } = looks[stream.state];
  return (
    <div className="flex items-start gap-1.5" title={stream.errorMessage ?? undefined}>
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", tone)} />
      <div className="min-w-0">
        <p>{t(`streamState.${stream.state}`)}</p>
        {stream.state !== "ok" && (
          <p className="max-w-sm text-xs text-pretty text-muted-foreground">
            {stream.state === "failing"
              ? errorSentence(stream.errorCode ?? "other")
              : t(`streamStateText.${stream.state}`)}
          </p>
        )}
      </div>
    </div>
  );
}
