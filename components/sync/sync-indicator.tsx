"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlertIcon, CircleCheckIcon, CircleDashedIcon, CirclePauseIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/lib/cn";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useNow } from "@/components/lib/use-now";
import { useOrg } from "@/components/orgs/org-context";
import { useSyncProgress } from "@/components/sync/progress-context";
import { combinedPercent, percentDone } from "@/components/sync/run-changes";
import { isUnderWay } from "@/components/sync/use-connection-run";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Progress } from "@/components/ui/progress";
import { Spinner } from "@/components/ui/spinner";
import type { ConnectionSummary } from "@/server/connections/schema";

/** Quiet while all is well, a figure while something is fetched, a mark when something is wrong. */
export function SyncIndicator({ isCollapsed }: { isCollapsed: boolean }) {
  const t = useTranslations("sync.indicator");
  const org = useOrg();
  const connections = useQuery(useTRPC().connections.list.queryOptions({ org: org.slug }));
  const running = useSyncProgress().runs.filter(isUnderWay);
  const alive = connections.data ?? [];
  if (alive.length === 0) return null;
  const state = running.length > 0 ? "running" : worstState(alive);
  const percent = combinedPercent(running);
  const word = state === "running" && percent !== null ? t("percent", { percent }) : t(state);
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size={isCollapsed ? "icon" : "default"}
          aria-label={`${t("label")}: ${word}`}
          className={isCollapsed ? undefined : "w-full justify-start gap-2.5 px-2.5"}
        >
          <StateMark state={state} />
          {!isCollapsed && <span className="truncate font-normal tabular">{word}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent side="top" align="start" className="w-80 p-0" aria-label={t("label")}>
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

type State = "running" | "broken" | "paused" | "never" | "idle";

const stateOf = ({ status, lastSyncedAt }: ConnectionSummary): Exclude<State, "running"> =>
  status === "broken" || status === "paused" ? status : lastSyncedAt ? "idle" : "never";

function worstState(connections: readonly ConnectionSummary[]): State {
  const states = connections.map(stateOf);
  return (["broken", "idle", "paused", "never"] as const).find((state) => states.includes(state)) ?? "never";
}

const marks = {
  running: { Icon: Spinner, tone: "text-primary-text" },
  broken: { Icon: CircleAlertIcon, tone: "text-destructive-text" },
  paused: { Icon: CirclePauseIcon, tone: "text-muted-foreground" },
  never: { Icon: CircleDashedIcon, tone: "text-muted-foreground" },
  idle: { Icon: CircleCheckIcon, tone: "text-success-text" },
} as const;

function StateMark({ state }: { state: State }) {
  const { Icon, tone } = marks[state];
  return <Icon aria-hidden="true" className={cn("size-4 shrink-0", tone)} />;
}

function ConnectionLine({ connection }: { connection: ConnectionSummary }) {
  const org = useOrg();
  const { runs } = useSyncProgress();
  const run = runs.find((each) => each.connectionId === connection.id && isUnderWay(each));
  return (
    <Link
      href={`/${org.slug}/connections/${connection.id}`}
      className="grid gap-2 px-3.5 py-2.5 text-13 transition-colors duration-100 hover:bg-accent focus-visible:-outline-offset-2"
    >
      <span className="flex min-w-0 items-center gap-2">
        <StateMark state={run ? "running" : stateOf(connection)} />
        <span className="min-w-0 flex-1 name-text font-medium">{connection.name}</span>
        <span className="shrink-0 text-xs text-muted-foreground tabular">
          {run ? `${percentDone(run) ?? 0}%` : <LineState connection={connection} />}
        </span>
      </span>
      {run && <Progress value={percentDone(run)} aria-label={connection.name} className="h-1" />}
    </Link>
  );
}

function LineState({ connection }: { connection: ConnectionSummary }) {
  const t = useTranslations("sync.indicator");
  const format = useFormat();
  const now = useNow();
  const state = stateOf(connection);
  if (state !== "idle") return t(state);
  return now === null ? null : format.relative(connection.lastSyncedAt, now);
}
