"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { GapCard } from "@/components/reconciliation/gap-card";
import { PriceLinesTable } from "@/components/reconciliation/price-lines-table";
import { useUsageRange } from "@/components/usage/range-context";

/** From usage at list prices to the bill: in steps that add up, then line by line. */
export function PriceCheckCards({ openaiOrg }: { openaiOrg: string }) {
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  const { data: check } = useSuspenseQuery(
    useTRPC().reconciliation.prices.queryOptions({ org: slug, range, openaiOrg }),
  );
  return (
    <>
      <GapCard check={check} />
      <PriceLinesTable check={check} />
    </>
  );
}
