"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { BrokenCallout } from "@/components/connections/broken-callout";
import { ConnectionActions } from "@/components/connections/connection-actions";
import { ConnectionFacts } from "@/components/connections/connection-facts";
import { ConnectionStatusBadge, SampleBadge } from "@/components/connections/connection-status";
import { StreamsTable } from "@/components/connections/streams-table";
import { PageHeader } from "@/components/layout/page-header";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { RunHistory } from "@/components/sync/run-history";
import { RunProgress } from "@/components/sync/run-progress";
import { isUnderWay, useConnectionRun } from "@/components/sync/use-connection-run";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";

export function ConnectionClient({ connectionId }: { connectionId: string }) {
  const t = useTranslations("connections");
  const sync = useTranslations("sync");
  const org = useOrg();
  const router = useRouter();
  const listHref = `/${org.slug}/connections`;
  const run = useConnectionRun(connectionId);
  const { data: connection } = useSuspenseQuery(
    useTRPC().connections.get.queryOptions({ org: org.slug, connectionId }),
  );
  return (
    <>
      <PageHeader
        title={
          <span className="flex min-w-0 items-center gap-2.5">
            <span className="name-text">{connection.name}</span>
            {connection.isSample && <SampleBadge />}
            <ConnectionStatusBadge connection={connection} />
          </span>
        }
        breadcrumbs={[{ label: t("title"), href: listHref }]}
        actions={<ConnectionActions connection={connection} run={run} onDeleted={() => router.replace(listHref)} />}
      />
      <BrokenCallout connection={connection} />
      <ConnectionFacts connection={connection} />
      {isUnderWay(run) && (
        <Card>
          <CardHeader>
            <CardTitle>{sync(`kind.${run.kind}`)}</CardTitle>
          </CardHeader>
          <CardContent>
            <RunProgress run={run} name={connection.name} />
          </CardContent>
        </Card>
      )}
      <Card>
        <CardHeader>
          <div>
            <CardTitle>{t("streams.title")}</CardTitle>
            <CardDescription>{t("streams.lead")}</CardDescription>
          </div>
        </CardHeader>
        <StreamsTable streams={connection.streams} backfillDays={connection.backfillDays} />
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>{sync("runs.title")}</CardTitle>
        </CardHeader>
        <RunHistory connectionId={connectionId} />
      </Card>
    </>
  );
}
