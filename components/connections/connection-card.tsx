"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { BrokenCallout } from "@/components/connections/broken-callout";
import { ConnectionActions } from "@/components/connections/connection-actions";
import { ConnectionStatusBadge, SampleBadge } from "@/components/connections/connection-status";
import { CoverageStrip } from "@/components/connections/coverage-strip";
import { KeyEnding } from "@/components/connections/key-ending";
import { LastSynced } from "@/components/connections/last-synced";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { percentDone } from "@/components/sync/run-changes";
import { RunStatus } from "@/components/sync/run-status";
import { isUnderWay, useConnectionRun } from "@/components/sync/use-connection-run";
import { Card, CardContent, CardFooter } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConnectionSummary } from "@/server/connections/schema";

/** A connection in the list: what it is, how it is, how much of it is here, and what can be done. */
export function ConnectionCard({ connection }: { connection: ConnectionSummary }) {
  const progress = useTranslations("sync.progress");
  const org = useOrg();
  const run = useConnectionRun(connection.id);
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-4 pb-3 sm:px-5">
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex min-w-0 items-center gap-2">
            <h2 className="min-w-0 name-text text-base font-semibold tracking-tight">
              <Link href={`/${org.slug}/connections/${connection.id}`} className="rounded-sm hover:underline">
                {connection.name}
              </Link>
            </h2>
            {connection.isSample && <SampleBadge />}
            <ConnectionStatusBadge connection={connection} />
          </div>
          <p className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-2 text-13 text-muted-foreground">
            <span className="name-text">{connection.openaiOrgName ?? connection.openaiOrgId}</span>
            {connection.keyLast4 !== null && (
              <>
                <span aria-hidden="true">·</span>
                <KeyEnding last4={connection.keyLast4} className="text-xs" />
              </>
            )}
          </p>
        </div>
        <ConnectionActions connection={connection} run={run} />
      </div>
      <CardContent className="grid gap-3">
        <BrokenCallout connection={connection} />
        <Coverage connection={connection} />
      </CardContent>
      <CardFooter className="min-h-10 text-muted-foreground">
        {isUnderWay(run) ? (
          <>
            <RunStatus state={run.state} />
            <Progress
              value={percentDone(run)}
              aria-label={progress("label", { name: connection.name })}
              className="max-w-48"
            />
            <span className="tabular">{percentDone(run) ?? 0}%</span>
          </>
        ) : (
          <LastSynced connection={connection} />
        )}
      </CardFooter>
    </Card>
  );
}

function Coverage({ connection }: { connection: ConnectionSummary }) {
  const t = useTranslations("connections");
  const org = useOrg();
  const detail = useQuery(useTRPC().connections.get.queryOptions({ org: org.slug, connectionId: connection.id }));
  const costs = detail.data?.streams.find(({ name }) => name === "costs.project");
  const stream = costs ?? { coveredFrom: null, coveredDays: 0 };
  if (detail.isPending) return <Skeleton className="h-9.5" />;
  if (detail.isError) return null;
  return <CoverageStrip stream={stream} backfillDays={connection.backfillDays} label={t("coverage")} />;
}
