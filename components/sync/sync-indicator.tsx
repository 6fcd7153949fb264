"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlertIcon, CircleCheckIcon, CircleDashedIcon, CirclePauseIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { combinedPercent, percentDone } from "@/components/sync/run-changes";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import type { ConnectionSummary } from "@/server/connections/schema";

/** In the top bar: quiet while all is well, a figure while something is fetched, a mark when something is wrong. */
export function SyncIndicator() {
  const t = useTranslations("sync.indicator");
  const org = useOrg();
  const connections = useQuery(useTRPC().connections.list.queryOptions({ org: org.slug }));
  const { runs } = useSyncProgress();
  const alive = (connections.data ?? []).filter(({ status }) => status !== "deleted");
  if (alive.length === 0) return null;
  const percent = combinedPercent(runs ?? []);
  const isRunning = (runs ?? []).length > 0;
  const isBroken = alive.some(({ status }) => status === "broken");
  const word = isRunning
    ? percent === null
      ? t("running")
      : t("percent", { percent })
    : t(isBroken ? "broken" : "idle");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" aria-label={word}>
          {isRunning ? (
            <Spinner className="text-primary-text" />
          ) : isBroken ? (
            <CircleAlertIcon className="text-destructive-text" />
          ) : (
            <CircleCheckIcon className="text-success-text" />
          )}
          <span className={isRunning || isBroken ? "hidden tabular sm:inline" : "hidden"}>{word}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-80 p-0" aria-label={t("label")}>
        <ul className="divide-y">
          {alive.map((connection) => (
            <li key={connection.id}>
              <ConnectionLine connection={connection} />
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
}

function ConnectionLine({ connection }: { connection: ConnectionSummary }) {
  const org = useOrg();
  const { runs } = useSyncProgress();
  const run = runs?.find(({ connectionId }) => connectionId === connection.id);
  return (
    <Link
      href={`/${org.slug}/connections/${connection.id}`}
      className="grid gap-2 px-3.5 py-2.5 text-13 transition-colors duration-100 hover:bg-accent focus-visible:-outline-offset-2"
    >
      <span className="flex min-w-0 items-center gap-2">
        <LineMark connection={connection} isRunning={run !== undefined} />
        <span className="min-w-0 flex-1 name-text font-medium">{connection.name}</span>
        <span className="shrink-0 text-xs text-muted-foreground tabular">
          {run ? `${percentDone(run) ?? 0}%` : <LineState connection={connection} />}
        </span>
      </span>
      {run && <Progress value={percentDone(run)} aria-label={connection.name} className="h-1" />}
    </Link>
  );
}

function LineMark({ connection, isRunning }: { connection: ConnectionSummary; isRunning: boolean }) {
  if (isRunning) return <Spinner className="shrink-0 text-primary-text" />;
  if (connection.status === "broken") return <CircleAlertIcon className="size-4 shrink-0 text-destructive-text" />;
  if (connection.status === "paused") return <CirclePauseIcon className="size-4 shrink-0 text-muted-foreground" />;
  if (!connection.lastSyncedAt) return <CircleDashedIcon className="size-4 shrink-0 text-muted-foreground" />;
  return <CircleCheckIcon className="size-4 shrink-0 text-success-text" />;
}

function LineState({ connection }: { connection: ConnectionSummary }) {
  const t = useTranslations("sync.indicator");
  const format = useFormat();
  const now = useNow();
  if (connection.status === "broken" || connection.status === "paused") return t(connection.status);
  if (!connection.lastSyncedAt) return t("never");
  return now === null ? null : format.relative(connection.lastSyncedAt, now);
}
