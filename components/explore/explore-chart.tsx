"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { StackedBarChart } from "@/components/charts/days-chart";
import { useAnomalyMarks } from "@/components/anomalies/use-anomalies";
import type { ChartMember } from "@/components/charts/prepare/types";
import { useAnswerAnomalies } from "@/components/explore/use-answer-anomalies";
import { useAnswered } from "@/components/explore/explore-context";
import { filtersFor, groupKey } from "@/components/explore/group-key";
import { canExplain } from "@/components/explore/resolve-question";
import { WhyButton } from "@/components/explore/why-button";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { ChangeLabel } from "@/components/layout/change-label";
import { addDays } from "@/components/lib/date-range";
import type { Day } from "@/components/lib/format-date";
import { useFormat } from "@/components/lib/use-format";
import { Count, Money } from "@/components/ui/figure";
import type { ExploreResult } from "@/server/explore/schema";

/** The answer over time; a bar leads to the same question about what it stands for. */
export function ExploreChart({ result }: { result: ExploreResult }) {
  const t = useTranslations("explore");
  const words = useExploreWords();
  const { current, addFilters } = useAnswered();
  const { query, buckets, groups, totals } = result;
  const members = useMemo(
    () =>
      groups.map(
        (group): ChartMember => ({
          key: groupKey(query.groupBy, group),
          label: words.group(group),
          kind: group.kind === "named" ? "entity" : group.kind,
        }),
      ),
    [groups, query.groupBy, words],
  );
  const days = useMemo(() => buckets.map(({ start }) => start), [buckets]);
  const values = useMemo(() => groups.map((group) => group.values), [groups]);
  const openDays = useMemo(
    () => buckets.filter(({ state }) => state === "open" || state === "ahead").map(({ start }) => start),
    [buckets],
  );
  const previous = usePrevious(result);
  const marks = useMarks(result);
  const drill = (key: string) => {
    const group = groups.find((candidate) => groupKey(query.groupBy, candidate) === key);
    if (group) addFilters(filtersFor(query.groupBy, group));
  };
  const measure = t(`measures.${query.measure}`);
  return (
    <StackedBarChart
      title={measure}
      figure={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-semibold tracking-tight">
            {query.measure === "cost" ? <Money value={totals.value} /> : <Count value={totals.value} />}
          </span>
          {result.previousRange && (
            <ChangeLabel
              current={totals.value}
              previous={totals.previous}
              unit={query.measure === "cost" ? "usd" : "count"}
              period={previous?.days}
            />
          )}
        </span>
      }
      asOf={result.freshness.asOf}
      actions={canExplain(query) && <WhyButton />}
      description={t("per", {
        unit: query.measure === "cost" ? t("dollars") : measure,
        step: t(`steps.${query.granularity}`),
        zone: result.timezone,
      })}
      days={days}
      members={members}
      values={values}
      openDays={openDays}
      marks={marks}
      previous={previous}
      unit={query.measure === "cost" ? "usd" : "count"}
      height={320}
      granularity={query.granularity}
      form={current.form}
      onSelect={query.groupBy.length > 0 ? ({ key }) => drill(key) : undefined}
    />
  );
}

/** Flags over what stands out; a UTC day is flagged on the day of the same date, which has most of it, in any zone. */
function useMarks(result: ExploreResult) {
  const { buckets, query, timezone } = result;
  const anomalies = useAnswerAnomalies(result);
  const bucketOf = useCallback((day: Day) => buckets.findLast(({ start }) => start <= day)?.start, [buckets]);
  return useAnomalyMarks(anomalies, { bucketOf, areDays: query.granularity === "day" && timezone === "UTC" });
}

/** The period compared with, place by place; without one, or where it is not known, nothing is drawn. */
function usePrevious({ previousRange, buckets, totals }: ExploreResult) {
  const t = useTranslations("explore");
  const format = useFormat();
  return useMemo(() => {
    if (!previousRange) return undefined;
    const days = format.dayRange(previousRange.from, addDays(previousRange.to, -1));
    return {
      days,
      label: t("comparedWith", { days }),
      values: buckets.map((_, place) => totals.previousValues[place] ?? null),
    };
  }, [previousRange, buckets, totals, format, t]);
}
