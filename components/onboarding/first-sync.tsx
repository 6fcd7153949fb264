"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { SampleBadge } from "@/components/connections/connection-status";
import { useOrg } from "@/components/orgs/org-context";
import { hasRecentCosts } from "@/components/sync/run-changes";
import { RunProgress } from "@/components/sync/run-progress";
import { useConnectionRun } from "@/components/sync/use-connection-run";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Skeleton } from "@/components/ui/skeleton";
import type { RunProgress as Run } from "@/server/sync/schema";

/** The first fetch as it happens; the overview opens up as soon as it has something to show. */
export function FirstSync({ connectionId }: { connectionId: string }) {
  const t = useTranslations("onboarding");
  const org = useOrg();
  const connections = useQuery(useTRPC().connections.list.queryOptions({ org: org.slug }));
  const connection = connections.data?.find(({ id }) => id === connectionId);
  const run = useConnectionRun(connectionId);
  const isReady = run ? hasRecentCosts(run) : false;
  return (
    <>
      <div className="flex min-w-0 items-center gap-2">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight text-balance">
          {connection ? (
            t(run?.state === "succeeded" ? "progressDone" : "progressTitle", { name: connection.name })
          ) : (
            <Skeleton className="h-7 w-64" />
          )}
        </h1>
        {connection?.isSample && <SampleBadge />}
      </div>
      <p className="mt-1 text-pretty text-muted-foreground">{t("progressLead")}</p>
      <div className="mt-6 grid gap-5 rounded-xl border bg-card p-5 shadow-raised sm:p-6">
        {run ? <RunProgress run={run} name={connection?.name ?? ""} /> : <Skeleton className="h-52" />}
        <Outcome run={run} isReady={isReady} connectionHref={`/${org.slug}/connections/${connectionId}`} />
        <Button asChild={isReady} size="lg" disabled={!isReady} className="w-full">
          {isReady ? <Link href={`/${org.slug}/overview`}>{t("toOverview")}</Link> : t("toOverview")}
        </Button>
      </div>
    </>
  );
}

type OutcomeProps = { run: Run | null | undefined; isReady: boolean; connectionHref: string };

/** One line that says where things stand, announced as it changes. */
function Outcome({ run, isReady, connectionHref }: OutcomeProps) {
  const t = useTranslations("onboarding");
  const state = run?.state;
  if (state === "failed" || state === "partial" || state === "cancelled") {
    const details = (
      <Link href={connectionHref} className="font-medium underline underline-offset-4">
        {t("toConnection")}
      </Link>
    );
    return (
      <Callout variant="warning" action={details}>
        {t("stopped")}
      </Callout>
    );
  }
  const sentence = state === "succeeded" ? "finished" : isReady ? "ready" : state === "queued" ? "queued" : "waiting";
  return (
    <p role="status" className="text-13 text-pretty text-muted-foreground">
      {t(sentence)}
    </p>
  );
}
