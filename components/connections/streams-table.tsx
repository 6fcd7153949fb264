"use client";

import { ChevronRightIcon, CircleAlertIcon, CircleCheckIcon, CircleSlashIcon, LockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CoverageStrip } from "@/components/connections/coverage-strip";
import { cn } from "@/components/lib/cn";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useSyncWords } from "@/components/sync/use-sync-words";
import { cardTableClasses } from "@/components/ui/card-table";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { StreamSummary } from "@/server/sync/schema";

/** Every list a connection keeps in step, with its state in words. The many lists of names share a row. */
export function StreamsTable({ streams, backfillDays }: { streams: StreamSummary[]; backfillDays: number }) {
  const t = useTranslations("connections.streams");
  if (streams.length === 0) return <p className="px-5 pb-5 text-13 text-muted-foreground">{t("none")}</p>;
  const of = (prefix: string) => streams.filter(({ name }) => name.startsWith(prefix));
  return (
    <Table className={cardTableClasses}>
      <TableHeader>
        <TableRow>
          <TableHead>{t("stream")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead className="max-lg:hidden">{t("grouping")}</TableHead>
          <TableHead className="max-md:hidden">{t("covered")}</TableHead>
          <TableHead className="text-right max-sm:hidden">{t("asOf")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {[...of("costs"), ...of("usage")].map((stream) => (
          <StreamRow key={stream.name} stream={stream} backfillDays={backfillDays} />
        ))}
        <NameRows streams={of("directory")} backfillDays={backfillDays} />
      </TableBody>
    </Table>
  );
}

function NameRows({ streams, backfillDays }: { streams: StreamSummary[]; backfillDays: number }) {
  const t = useTranslations("connections.streams");
  const troubled = streams.filter(({ state }) => state !== "ok");
  const [isOpen, setOpen] = useState(troubled.length > 0);
  const oldest = streams.reduce<string | null>((found, { syncedThrough }) => older(found, syncedThrough), null);
  if (streams.length === 0) return null;
  return (
    <>
      <TableRow>
        <TableCell className="font-medium">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="-ml-1 inline-flex items-center gap-1.5 rounded-sm px-1 py-0.5 text-left hover:bg-accent"
          >
            <ChevronRightIcon
              aria-hidden="true"
              className={cn("size-4 text-muted-foreground transition-transform duration-100", isOpen && "rotate-90")}
            />
            {t("names", { count: streams.length })}
          </button>
        </TableCell>
        <TableCell>
          <span className="flex items-center gap-1.5">
            <StateIcon state={troubled[0]?.state ?? "ok"} />
            {troubled.length === 0 ? t("allOk") : t("someNot", { count: troubled.length })}
          </span>
        </TableCell>
        <TableCell className="max-lg:hidden" />
        <TableCell className="max-md:hidden" />
        <TableCell numeric className="text-muted-foreground max-sm:hidden">
          <AsOf instant={oldest} />
        </TableCell>
      </TableRow>
      {isOpen &&
        streams.map((stream) => <StreamRow key={stream.name} stream={stream} backfillDays={backfillDays} isNested />)}
    </>
  );
}

const older = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);

type StreamRowProps = { stream: StreamSummary; backfillDays: number; isNested?: boolean };

function StreamRow({ stream, backfillDays, isNested }: StreamRowProps) {
  const t = useTranslations("connections.streams");
  const { streamName, groupingName } = useSyncWords();
  return (
    <TableRow className={isNested ? "bg-muted/40" : undefined}>
      <TableCell className={isNested ? "first:pl-11 sm:first:pl-12!" : "font-medium sm:whitespace-nowrap"}>
        {streamName(stream.name)}
      </TableCell>
      <TableCell className="sm:min-w-44">
        <StreamState stream={stream} />
      </TableCell>
      <TableCell className="text-muted-foreground max-lg:hidden">
        {!isNested &&
          (stream.grouping.length > 0 ? [...new Set(stream.grouping.map(groupingName))].join(", ") : t("noGrouping"))}
      </TableCell>
      <TableCell className="max-md:hidden">
        {!isNested && <CoverageStrip stream={stream} backfillDays={backfillDays} />}
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
  return (
    <div className="flex items-start gap-1.5" title={stream.errorMessage ?? undefined}>
      <StateIcon state={stream.state} />
      <div className="min-w-0">
        <p>{t(`streamState.${stream.state}`)}</p>
        {stream.state !== "ok" && (
          <p className="max-w-sm text-xs text-pretty text-muted-foreground">
            {stream.state === "failing" || stream.errorCode === "auth"
              ? errorSentence(stream.errorCode ?? "other")
              : t(`streamStateText.${stream.state}`)}
          </p>
        )}
      </div>
    </div>
  );
}

function StateIcon({ state }: Pick<StreamSummary, "state">) {
  const { Icon, tone } = looks[state];
  return <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", tone)} />;
}
