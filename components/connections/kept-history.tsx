"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SampleBadge } from "@/components/connections/connection-status";
import { DeleteConnectionDialog } from "@/components/connections/delete-dialog";
import { addDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useCan, useOrg } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { KeptHistory } from "@/server/connections/schema";

/** While something is being erased. */
const LOOK_AGAIN_MS = 5_000;

/** Deleted connections whose history still counts, and the way to be rid of it. Not there where there are none. */
export function KeptHistoryCard() {
  const t = useTranslations("connections.kept");
  const { slug } = useOrg();
  const { data: kept = [] } = useQuery({
    ...useTRPC().connections.kept.queryOptions({ org: slug }),
    refetchInterval: ({ state }) => (state.data?.some(({ isErasing }) => isErasing) ? LOOK_AGAIN_MS : false),
  });
  if (kept.length === 0) return null;
  return (
    <Card>
      <CardHeader className="border-b">
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("lead")}</CardDescription>
        </div>
      </CardHeader>
      <ul className="divide-y">
        {kept.map((history) => (
          <KeptHistoryRow key={history.id} history={history} />
        ))}
      </ul>
    </Card>
  );
}

function KeptHistoryRow({ history }: { history: KeptHistory }) {
  const t = useTranslations("connections.kept");
  const format = useFormat();
  const canWrite = useCan("connections:write");
  const [isOpen, setOpen] = useState(false);
  const { id, name, isSample, coveredFrom, coveredTo } = history;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 text-13 sm:px-5">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex min-w-0 items-center gap-2">
          <span className="name-text font-medium">{name}</span>
          {isSample && <SampleBadge />}
        </p>
        <p className="flex min-w-0 flex-wrap gap-x-2 text-muted-foreground">
          <span className="name-text">{history.openaiOrgName ?? history.openaiOrgId}</span>
          <span aria-hidden="true">·</span>
          <span>{t("deletedOn", { date: format.instant(history.deletedAt) })}</span>
          {coveredFrom && coveredTo && (
            <>
              <span aria-hidden="true">·</span>
              <span>{format.dayRange(coveredFrom, addDays(coveredTo, -1))}</span>
            </>
          )}
        </p>
      </div>
      {history.isErasing ? (
        <span className="text-muted-foreground" title={t("erasingHint")}>
          {t("erasing")}
        </span>
      ) : (
        canWrite && (
          <Button variant="outline" size="sm" aria-label={t("eraseTitle", { name })} onClick={() => setOpen(true)}>
            {t("erase")}
          </Button>
        )
      )}
      <DeleteConnectionDialog
        connection={{ id, name, isSample, status: "deleted" }}
        isOpen={isOpen}
        onOpenChange={setOpen}
      />
    </li>
  );
}
