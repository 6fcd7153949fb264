"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { Suspense } from "react";
import { allocationParams, allocationTabs } from "@/components/allocation/allocation-params";
import { CostCenterCard } from "@/components/allocation/cost-center-card";
import { ItemTable } from "@/components/allocation/item-table";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";

/** Cost centers, and what can be allocated to them. */
export function AllocationTabs() {
  const t = useTranslations("allocation");
  const [{ tab }, setParams] = useQueryStates(allocationParams, { history: "push" });
  const choose = (next: string) =>
    void setParams({ tab: allocationTabs.find((candidate) => candidate === next) ?? null });
  return (
    <Tabs value={tab} onValueChange={choose}>
      <TabsList>
        {allocationTabs.map((value) => (
          <TabsTrigger key={value} value={value}>
            {t(`tabs.${value}`)}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value={tab} className="grid gap-3">
        <p className="max-w-3xl text-13 text-pretty text-muted-foreground">{t("precedence")}</p>
        <Suspense fallback={<Skeleton className="h-64" />}>
          {tab === "centers" ? <CostCenterCard /> : <ItemTable key={tab} kind={tab} />}
        </Suspense>
      </TabsContent>
    </Tabs>
  );
}
