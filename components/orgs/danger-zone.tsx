"use client";

import { DownloadIcon, TrashIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { DeleteOrgDialog } from "@/components/orgs/delete-org-dialog";
import { useOrg } from "@/components/orgs/org-context";
import { TakeBackButton } from "@/components/orgs/take-back-button";
import { useDeletionDay } from "@/components/orgs/use-deletion-day";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";

/** Taking everything along, and the organization's end. */
export function DangerZone() {
  const t = useTranslations("orgs");
  const org = useOrg();
  const day = useDeletionDay();
  const [isAsking, setAsking] = useState(false);
  return (
    <Card>
      <CardHeader className="pb-0 sm:pb-0">
        <CardTitle>{t("danger.title")}</CardTitle>
      </CardHeader>
      <div className="divide-y">
        <Row title={t("danger.exportTitle")} text={t("danger.exportText")}>
          <Button asChild variant="outline">
            <a href={`/api/orgs/${org.slug}/export`} download>
              <DownloadIcon />
              {t("danger.export")}
            </a>
          </Button>
        </Row>
        <Row title={t("danger.deleteTitle")} text={day ? t("deletion.pending", { date: day }) : t("danger.deleteText")}>
          {day ? (
            <TakeBackButton />
          ) : (
            <Button variant="destructive" onClick={() => setAsking(true)}>
              <TrashIcon />
              {t("danger.delete")}
            </Button>
          )}
        </Row>
      </div>
      <DeleteOrgDialog isOpen={isAsking} onOpenChange={setAsking} />
    </Card>
  );
}

function Row({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3 px-4 py-4 sm:flex-row sm:items-center sm:justify-between sm:gap-6 sm:px-5">
      <div>
        <h3 className="text-13 font-medium">{title}</h3>
        <p className="text-xs text-pretty text-muted-foreground">{text}</p>
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}
