"use client";

import { useTranslations } from "next-intl";
import { AllocationTabs } from "@/components/allocation/allocation-tabs";
import { PageHeader } from "@/components/layout/page-header";

export function AllocationClient() {
  const t = useTranslations("allocation");
  return (
    <>
      <PageHeader title={t("title")} description={t("lead")} />
      <AllocationTabs />
    </>
  );
}
