"use client";

import { useTranslations } from "next-intl";
import { ImportList } from "@/components/imports/import-list";
import { NewImport } from "@/components/imports/new-import";
import { PageHeader } from "@/components/layout/page-header";
import { useCan } from "@/components/orgs/org-context";

export function ImportsClient() {
  const t = useTranslations("imports");
  const canImport = useCan("imports:write");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
        {canImport && <NewImport />}
        <ImportList />
      </div>
    </>
  );
}
