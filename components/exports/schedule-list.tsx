"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ScheduleActions } from "@/components/exports/schedule-actions";
import { useExportWords } from "@/components/exports/use-export-words";
import { ErrorState } from "@/components/layout/error-state";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Badge } from "@/components/ui/badge";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ExportRunEntry, ScheduleEntry } from "@/server/exports/schema";

/** Exports that are made by themselves. */
export function ScheduleList() {
  const t = useTranslations("exports.schedule");
  const { slug: org } = useOrg();
  const { data, isPending, error, refetch } = useQuery(useTRPC().exports.schedules.queryOptions({ org }));
  if (error) return <ErrorState onRetry={() => void refetch()} />;
  return (
    <Card>
      <CardHeader className="border-b">
        <div>
          <CardTitle>{t("listTitle")}</CardTitle>
          <CardDescription>{t("listText")}</CardDescription>
        </div>
      </CardHeader>
      {isPending && <Skeleton className="m-5 h-10" />}
      {data?.length === 0 && <p className="px-4 py-6 text-13 text-muted-foreground sm:px-5">{t("none")}</p>}
      {data && data.length > 0 && (
        <ul aria-label={t("listTitle")} className="divide-y">
          {data.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function ScheduleRow({ schedule }: { schedule: ScheduleEntry }) {
  const t = useTranslations("exports.schedule");
  const words = useExportWords();
  const format = useFormat();
  const { name, search, nextAt } = schedule;
  const hasFailed = useLastState(schedule.id) === "failed";
  return (
    <li className="flex items-start justify-between gap-x-4 px-4 py-3.5 text-13 sm:px-5">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2">
          <span className="name-text font-medium">{name}</span>
          {hasFailed && <Badge variant="danger">{t("failed")}</Badge>}
          {nextAt === null && <Badge variant="warning">{t("paused")}</Badge>}
        </p>
        <p className="text-muted-foreground">
          {words.content(search)} · {words.rhythm(schedule)}
        </p>
        <p className="name-text text-muted-foreground">{words.target(schedule)}</p>
        {nextAt !== null && <p className="text-muted-foreground">{t("next", { time: format.instant(nextAt) })}</p>}
      </div>
      <ScheduleActions schedule={schedule} />
    </li>
  );
}

/** How the newest run that is over ended. */
function useLastState(scheduleId: string) {
  const { slug: org } = useOrg();
  const { data: runs = [] } = useQuery(useTRPC().exports.history.queryOptions({ org }));
  const isOver = ({ state }: ExportRunEntry) => state === "succeeded" || state === "failed";
  return runs.find((run) => run.scheduleId === scheduleId && isOver(run))?.state;
}
