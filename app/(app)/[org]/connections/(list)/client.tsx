"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { LinkIcon, PlusIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ConnectionCard } from "@/components/connections/connection-card";
import { KeptHistoryCard } from "@/components/connections/kept-history";
import { EmptyState } from "@/components/layout/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { useTRPC } from "@/components/lib/trpc";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";

export function ConnectionsClient() {
  const t = useTranslations("connections");
  const org = useOrg();
  const canWrite = useCan("connections:write");
  const { data: connections } = useSuspenseQuery(useTRPC().connections.list.queryOptions({ org: org.slug }));
  const add = canWrite && (
    <Button asChild>
      <Link href={`/${org.slug}/${connections.length === 0 ? "welcome" : "connections/new"}`}>
        <PlusIcon />
        {t("add")}
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={connections.length > 0 && add} />
      {connections.length === 0 ? (
        <EmptyState icon={LinkIcon} title={t("emptyTitle")} description={t("emptyText")} action={add} />
      ) : (
        <ul className="grid gap-4 xl:grid-cols-2">
          {connections.map((connection) => (
            <li key={connection.id}>
              <ConnectionCard connection={connection} />
            </li>
          ))}
        </ul>
      )}
      <KeptHistoryCard />
    </>
  );
}
