"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ChartSkeleton } from "@/components/charts/chart-state";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { MemberColors } from "@/components/usage/member-colors";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { useUsageRange } from "@/components/usage/range-context";
import { SpendChart } from "@/components/usage/spend-chart";
import type { BreakdownDimension } from "@/server/usage/schema";

const PLOT_HEIGHT = 170;
/** Header and legend take the rest; on a phone the legend has a line for each model. */
export const memberModelsHeight = (isNarrow: boolean) => PLOT_HEIGHT + (isNarrow ? 390 : 215);

type MemberModelsProps = { dimension: BreakdownDimension; memberKey: string; name: string };

/** What one member cost by day, stacked by model; asked for when it is looked at. */
export function MemberModels(props: MemberModelsProps) {
  const { query } = useUsageRange();
  return (
    <QueryBoundary fallback={<ChartSkeleton height={PLOT_HEIGHT} />} resetKey={`${query.from} ${query.to}`}>
      <ModelsChart {...props} />
    </QueryBoundary>
  );
}

function ModelsChart({ dimension, memberKey: key, name }: MemberModelsProps) {
  const t = useTranslations("usage");
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  const { data } = useSuspenseQuery(useTRPC().usage.memberModels.queryOptions({ org: slug, dimension, key, range }));
  return (
    <MemberColors dimension="line_item" members={data.series.members}>
      <SpendChart
        title={t("chartByModel", { name })}
        series={data.series}
        total={data.amount}
        asOf={data.asOf}
        dimension="line_item"
        height={PLOT_HEIGHT}
      />
    </MemberColors>
  );
}
