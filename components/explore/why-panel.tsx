"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { prepareWaterfall } from "@/components/charts/prepare/waterfall";
import { Waterfall, type WaterfallRow } from "@/components/charts/waterfall";
import { useAnswered } from "@/components/explore/explore-context";
import { MoverTables } from "@/components/explore/mover-tables";
import { UnexplainedList } from "@/components/explore/unexplained-list";
import { WhyMethod } from "@/components/explore/why-method";
import { addDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { Callout } from "@/components/ui/callout";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Count, Difference } from "@/components/ui/figure";
import { ListCardSkeleton } from "@/components/usage/skeletons";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { whyEffects } from "@/server/explore/constants";
import type { WhyResult } from "@/server/explore/schema";

/** The change against the period before, taken apart; nothing while nobody asked for it. */
export function WhyPanel() {
  const { current } = useAnswered();
  if (!current.isWhyOpen) return null;
  return (
    <QueryBoundary fallback={<ListCardSkeleton rows={8} />} resetKey={JSON.stringify(current.query)}>
      <Why />
    </QueryBoundary>
  );
}

function Why() {
  const t = useTranslations("explore.why");
  const format = useFormat();
  const { slug } = useOrg();
  const { query } = useAnswered().current;
  const { data: result } = useSuspenseQuery(useTRPC().explore.why.queryOptions({ org: slug, query }));
  const { range, previousRange, state, difference, tokens } = result;
  const daysOf = ({ from, to }: { from: string; to: string }) => format.dayRange(from, addDays(to, -1));
  return (
    <section aria-label={t("title")} className="flex flex-col gap-4">
      <Card>
        <CardHeader className="max-sm:flex-col max-sm:gap-1.5">
          <div className="min-w-0">
            <CardTitle>{t("title")}</CardTitle>
            {difference !== null && (
              <p className="mt-1 text-xl font-semibold tracking-tight">
                <Difference value={difference} />
              </p>
            )}
            {previousRange && (
              <CardDescription className="mt-0.5">
                {t("periods", { after: daysOf(range), before: daysOf(previousRange) })}
                {tokens && (
                  <>
                    {" · "}
                    {t.rich("tokens", {
                      before: () => <Count value={tokens.before} />,
                      after: () => <Count value={tokens.after} />,
                    })}
                  </>
                )}
              </CardDescription>
            )}
          </div>
          <CardAction>
            <WhyMethod />
          </CardAction>
        </CardHeader>
        <CardContent className="flex flex-col gap-4">
          {state !== "split" && <Callout>{t(`states.${state}`)}</Callout>}
          {state === "split" && <Effects result={result} />}
          {state === "split" && result.hasOpenDay && <p className="text-13 text-muted-foreground">{t("openDay")}</p>}
          <AssumedTiers tiers={result.assumedTiers} />
          {result.unexplained.length > 0 && <UnexplainedList rows={result.unexplained} />}
        </CardContent>
      </Card>
      {state !== "not_comparable" && <MoverTables result={result} />}
    </section>
  );
}

function Effects({ result }: { result: WhyResult }) {
  const t = useTranslations("explore.why");
  const { before, after, effects } = result;
  if (before === null || after === null || effects === null) return null;
  const { bars, isCut } = prepareWaterfall(
    { key: "before", amount: before },
    whyEffects.map((effect) => ({ key: effect, amount: effects[effect] })),
    { key: "after", amount: after },
  );
  const labels = { before: t("before"), after: t("after") };
  const rows = bars.map((bar): WaterfallRow => {
    const effect = whyEffects.find((candidate) => candidate === bar.key);
    return effect
      ? { ...bar, label: t(`effects.${effect}`), hint: t(`hints.${effect}`) }
      : { ...bar, label: bar.key === "before" ? labels.before : labels.after };
  });
  return <Waterfall rows={rows} isCut={isCut} aria-label={t("title")} />;
}

const NAMED_TIERS = 3;

/** Which tiers were weighed without a list price. */
function AssumedTiers({ tiers }: { tiers: WhyResult["assumedTiers"] }) {
  const t = useTranslations("explore.why");
  if (tiers.length === 0) return null;
  const shown = tiers.slice(0, NAMED_TIERS).map(({ model, tier }) => t("assumedTier", { model, tier }));
  const others = tiers.length - shown.length;
  const names = others > 0 ? t("andMore", { names: shown.join(", "), count: others }) : shown.join(", ");
  return <p className="text-13 text-pretty text-muted-foreground">{t("assumedTiers", { names })}</p>;
}
