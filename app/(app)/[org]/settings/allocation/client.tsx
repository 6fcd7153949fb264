"use client";

import { useTranslations } from "next-intl";
import { AllocationTabs } from "@/components/allocation/allocation-tabs";
import { UploadButton } from "@/components/allocation/upload-dialog";
import { PageHeader } from "@/components/layout/page-header";
import { useCan } from "@/components/orgs/org-context";

export function AllocationClient() {
  const t = useTranslations("allocation");
  const mayWrite = useCan("allocation:write");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} actions={mayWrite && <UploadButton />} />
      <AllocationTabs />
    </>
  );
}
