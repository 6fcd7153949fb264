"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import type { Rule } from "@/server/allocation/schema";

/** All cost centers; none while they are on their way. */
export function useCostCenters() {
  return useQuery(useTRPC().allocation.costCenters.queryOptions({ org: useOrg().slug })).data ?? [];
}

/** "Research", "Research 60%, Search 40%", "In proportion to Research, Search". */
export function useRuleText() {
  const t = useTranslations("allocation.rule");
  const names = new Map(useCostCenters().map(({ id, name }) => [id, name]));
  const nameOf = (id: string) => names.get(id) ?? id;
  return (rule: Rule | null): string => {
    if (!rule) return t("nobody");
    if (rule.method === "proportional") {
      if (rule.costCenterIds.length === 0) return t("proportionalToAll");
      return t("proportionalTo", { names: rule.costCenterIds.map(nameOf).join(", ") });
    }
    const [first] = rule.shares;
    if (rule.shares.length === 1 && first?.percent === "100") return nameOf(first.costCenterId);
    return rule.shares
      .map(({ costCenterId, percent }) => t("part", { name: nameOf(costCenterId), percent }))
      .join(", ");
  };
}
