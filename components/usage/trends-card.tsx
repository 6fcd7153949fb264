"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import { EntityColors } from "@/components/charts/entity-colors";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Card, CardAction, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Label } from "@/components/ui/label";
import { colorKey } from "@/components/usage/chart-input";
import { CompareMembers } from "@/components/usage/compare-members";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { useUsageRange } from "@/components/usage/range-context";
import { ChartCardSkeleton } from "@/components/usage/skeletons";
import { TrendChart } from "@/components/usage/trend-chart";
import { MAX_COMPARED, trendMeasures } from "@/server/usage/constants";
import type { BreakdownDimension } from "@/server/usage/schema";

const trendParams = {
  metrics: parseAsArrayOf(parseAsStringLiteral(trendMeasures)).withDefault([...trendMeasures]),
  with: parseAsArrayOf(parseAsString).withDefault([]),
};

type TrendsCardProps = { dimension: BreakdownDimension; memberKey: string };

/** Several figures by day below each other, of one member or beside others; what is shown is kept in the address. */
export function TrendsCard({ dimension, memberKey }: TrendsCardProps) {
  const t = useTranslations("usage.trends");
  const { query } = useUsageRange();
  const [{ metrics, with: others }, setTrends] = useQueryStates(trendParams, { history: "replace" });
  const keys = [...new Set([memberKey, ...others])].slice(0, MAX_COMPARED);
  const shown = trendMeasures.filter((measure) => metrics.includes(measure));
  const toggle = (measure: (typeof trendMeasures)[number]) =>
    void setTrends({ metrics: trendMeasures.filter((one) => shown.includes(one) !== (one === measure)) });
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="min-w-0 grow basis-64">
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription className="mt-1">{t("description")}</CardDescription>
        </div>
        <CardAction>
          <CompareMembers
            dimension={dimension}
            memberKey={memberKey}
            chosen={keys.slice(1)}
            onChange={(next) => void setTrends({ with: [...next] })}
          />
        </CardAction>
        <fieldset className="flex w-full flex-wrap gap-x-5 gap-y-2">
          <legend className="sr-only">{t("metrics")}</legend>
          {trendMeasures.map((measure) => (
            <Label key={measure} className="flex items-center gap-2 font-normal">
              <Checkbox checked={shown.includes(measure)} onCheckedChange={() => toggle(measure)} />
              {t(`measures.${measure}`)}
            </Label>
          ))}
        </fieldset>
      </CardHeader>
      <div className="border-t">
        {shown.length === 0 ? (
          <p className="px-4 py-10 text-center text-13 text-muted-foreground">{t("none")}</p>
        ) : (
          <QueryBoundary
            fallback={<ChartCardSkeleton height={160} />}
            resetKey={`${query.from} ${query.to} ${keys.join(" ")}`}
          >
            <Trends dimension={dimension} keys={keys} measures={shown} />
          </QueryBoundary>
        )}
      </div>
    </Card>
  );
}

type TrendsProps = { dimension: BreakdownDimension; keys: string[]; measures: (typeof trendMeasures)[number][] };

function Trends({ dimension, keys, measures }: TrendsProps) {
  const { slug } = useOrg();
  const { query: range } = useUsageRange();
  const { data } = useSuspenseQuery(useTRPC().usage.trends.queryOptions({ org: slug, dimension, keys, range }));
  const colors = useMemo(() => keys.map((key) => colorKey(dimension, key)), [keys, dimension]);
  return (
    <EntityColors keys={colors}>
      <div className="grid gap-4 p-3 sm:p-4 xl:grid-cols-2">
        {measures.map((measure) => (
          <TrendChart key={measure} measure={measure} dimension={dimension} trends={data} />
        ))}
      </div>
    </EntityColors>
  );
}
