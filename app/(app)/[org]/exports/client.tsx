"use client";

import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ExportHistory } from "@/components/exports/export-history";
import { ScheduleDialog } from "@/components/exports/schedule-dialog";
import { ScheduleList } from "@/components/exports/schedule-list";
import { PageHeader } from "@/components/layout/page-header";
import { useCan } from "@/components/orgs/org-context";
import { Button } from "@/components/ui/button";

export function ExportsClient() {
  const t = useTranslations("exports");
  const canWrite = useCan("exports:write");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("lead")}
        actions={
          canWrite && (
            <Button onClick={() => setOpen(true)}>
              <PlusIcon />
              {t("schedule.add")}
            </Button>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {canWrite && <ScheduleList />}
        <ExportHistory />
      </div>
      {isOpen && <ScheduleDialog schedule={null} onClose={() => setOpen(false)} />}
    </>
  );
}
