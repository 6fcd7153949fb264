"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { ForecastChart } from "@/components/charts/forecast-chart";
import { addDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Card } from "@/components/ui/card";
import { Money } from "@/components/ui/figure";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { QueryBoundary, QueryFailure } from "@/components/usage/query-boundary";
import { useUsageRange } from "@/components/usage/range-context";
import { ChartCardSkeleton } from "@/components/usage/skeletons";
import { type ForecastPeriod, forecastPeriods } from "@/server/forecasts/constants";
import type { ForecastResult } from "@/server/forecasts/schema";

const HEIGHT = 220;

/** What the running month or quarter will come to. */
export function ForecastCard() {
  const [period, setPeriod] = useState<ForecastPeriod>("month");
  const { attemptKey } = useUsageRange();
  return (
    <QueryBoundary
      resetKey={attemptKey}
      fallback={<ChartCardSkeleton height={HEIGHT} />}
      failure={(error, retry) => (
        <Card>
          <QueryFailure error={error} retry={retry} />
        </Card>
      )}
    >
      <Forecast period={period} onPeriodChange={setPeriod} />
    </QueryBoundary>
  );
}

type ForecastProps = {
  period: ForecastPeriod;
  onPeriodChange: (period: ForecastPeriod) => void;
};

function Forecast({ period, onPeriodChange }: ForecastProps) {
  const t = useTranslations("forecast");
  const format = useFormat();
  const { slug } = useOrg();
  // The forecast before stays until the other has come.
  const shown = useDeferredValue(period);
  const { data: forecast } = useSuspenseQuery(useTRPC().forecasts.get.queryOptions({ org: slug, period: shown }));
  const { range, previousRange, previousTotal, expected, soFar, low, high } = forecast;
  const days = format.dayRange(range.from, addDays(range.to, -1));
  const band = low !== null && high !== null ? { low: format.money(low), high: format.money(high) } : null;
  return (
    <ForecastChart
      title={t("title")}
      height={HEIGHT}
      days={forecast.days}
      asOf={forecast.freshness.asOf}
      summary={t("summary", { days, expected: format.money(expected), soFar: format.money(soFar) })}
      figure={
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-semibold tracking-tight">
            <Money value={expected} />
          </span>
          {band && <span className="text-13 text-muted-foreground">{t("band", band)}</span>}
        </span>
      }
      description={
        <>
          {days}
          {" · "}
          {t.rich("soFar", { amount: () => <Money value={soFar} className="text-foreground" /> })}
          {previousTotal !== null && (
            <>
              {" · "}
              {t.rich("before", {
                days: format.dayRange(previousRange.from, addDays(previousRange.to, -1)),
                amount: () => <Money value={previousTotal} />,
              })}
            </>
          )}
          <Remarks forecast={forecast} />
        </>
      }
      actions={
        <SegmentedControl
          size="sm"
          aria-label={t("period")}
          value={period}
          onValueChange={onPeriodChange}
          segments={forecastPeriods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      }
    />
  );
}

/** What makes the forecast less sure than it looks. */
function Remarks({ forecast: { quality, historyDays, gapDays } }: { forecast: ForecastResult }) {
  const t = useTranslations("forecast");
  return (
    <>
      {quality !== "enough" && <span className="mt-1 block">{t(quality, { count: historyDays })}</span>}
      {gapDays > 0 && <span className="mt-1 block">{t("gaps", { count: gapDays })}</span>}
    </>
  );
}
