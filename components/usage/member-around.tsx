"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormat } from "@/components/lib/use-format";
import { useTRPC } from "@/components/lib/trpc";
import { useOrg } from "@/components/orgs/org-context";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Money } from "@/components/ui/figure";
import { BudgetCard } from "@/components/usage/budget-card";
import { QueryBoundary } from "@/components/usage/query-boundary";
import { RateLimitTable } from "@/components/usage/rate-limit-table";
import { RelatedTables } from "@/components/usage/related-tables";
import { ListCardSkeleton } from "@/components/usage/skeletons";
import { useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, MemberAround } from "@/server/usage/schema";

type AroundProps = { dimension: BreakdownDimension; memberKey: string };

/** Since when, within which limits, and who else: below the figures, and asked for when somebody gets there. */
export const MemberSurroundings = (props: AroundProps) => (
  <QueryBoundary fallback={<ListCardSkeleton rows={4} />} resetKey={props.memberKey}>
    <Surroundings {...props} />
  </QueryBoundary>
);

function Surroundings({ dimension, memberKey: key }: AroundProps) {
  const { slug } = useOrg();
  const { data } = useSuspenseQuery(useTRPC().usage.memberAround.queryOptions({ org: slug, dimension, key }));
  return (
    <>
      <SinceCard around={data} />
      <BudgetCard budgets={data.budgets} />
      <RateLimitTable rows={data.rateLimits} unlisted={data.unlisted.rateLimits} isOfModel={dimension === "model"} />
      <RelatedTables around={data} />
    </>
  );
}

/** The days between which it was billed, and what may be spent in a month. */
function SinceCard({ around: { firstDay, lastDay, spendLimits } }: { around: MemberAround }) {
  const t = useTranslations("usage.around");
  const format = useFormat();
  const label = useMemberLabel();
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent>
        <dl className="flex flex-wrap gap-x-10 gap-y-3 text-13">
          <Fact label={t("firstDay")}>{firstDay === null ? t("never") : format.day(firstDay)}</Fact>
          <Fact label={t("lastDay")}>{lastDay === null ? t("never") : format.day(lastDay)}</Fact>
          {spendLimits.map(({ project, kind, amount }) => (
            <Fact
              key={`${project?.key} ${kind} ${amount}`}
              label={project ? t(`${kind}Of`, { name: label(project) }) : t(`${kind}OfOrganization`)}
            >
              <Money value={amount} /> {t("perMonth")}
            </Fact>
          ))}
        </dl>
      </CardContent>
    </Card>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
