"use client";

import { useTranslations } from "next-intl";
import { BarList } from "@/components/charts/bar-list";
import type { DecimalText } from "@/components/lib/decimal";
import { QuietLink } from "@/components/layout/quiet-link";
import { useOrg } from "@/components/orgs/org-context";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { colorKey } from "@/components/usage/chart-input";
import { MemberColors } from "@/components/usage/member-colors";
import { dimensionPages } from "@/components/usage/member-path";
import { useUsageRange } from "@/components/usage/range-context";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import type { BreakdownDimension, BreakdownRow } from "@/server/usage/schema";

type TopMembersProps = {
  dimension: BreakdownDimension;
  rows: readonly BreakdownRow[];
  total: DecimalText | null;
  /** Others of this dimension drawn on the page, so that each has one colour on it. */
  alongside?: readonly { key: string | null; isOther?: boolean }[];
};

/** The few that spend most in one dimension, each leading to its own page. */
export function TopMembers({ dimension, rows, total, alongside = [] }: TopMembersProps) {
  const page = dimensionPages[dimension];
  const t = useTranslations("overview.top");
  const words = useTranslations("usage");
  const { slug } = useOrg();
  const { suffix } = useUsageRange();
  const label = useMemberLabel();
  const href = useMemberHref();
  const items = rows.map((row) => ({
    key: colorKey(dimension, row.key),
    label: label(row),
    value: row.amount,
    kind: row.key === null ? ("unattributed" as const) : ("entity" as const),
    href: href(dimension, row.key),
    hint: row.kind === "service_account" ? words("serviceAccount") : (row.detail ?? undefined),
  }));
  return (
    <Card>
      <CardHeader className="pb-2">
        <CardTitle>{t(page)}</CardTitle>
        <CardAction>
          <QuietLink href={`/${slug}/${page}${suffix}`}>
            {t("all")}
            <span className="sr-only">{t(page)}</span>
          </QuietLink>
        </CardAction>
      </CardHeader>
      <CardContent className="sm:px-4 sm:pb-4">
        {items.length === 0 ? (
          <p className="px-1 py-6 text-center text-13 text-muted-foreground">{t("none")}</p>
        ) : (
          <MemberColors dimension={dimension} members={[...alongside, ...rows]}>
            <BarList items={items} unit="usd" total={total} aria-label={t(page)} />
          </MemberColors>
        )}
      </CardContent>
    </Card>
  );
}
