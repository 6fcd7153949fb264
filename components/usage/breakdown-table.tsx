"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { addDays } from "@/components/lib/date-range";
import type { DataColumn, RowDetail } from "@/components/tables/types";
import { useIsNarrow } from "@/components/lib/use-is-narrow";
import { DataTable } from "@/components/tables/data-table";
import { Card } from "@/components/ui/card";
import { Money, UnknownMark } from "@/components/ui/figure";
import { ChangeCell, changeRatio } from "@/components/usage/change-cell";
import { MemberModels, memberModelsHeight } from "@/components/usage/member-models";
import { MemberName } from "@/components/usage/member-name";
import { dimensionPages } from "@/components/usage/member-path";
import { ShareCell } from "@/components/usage/share-cell";
import { tableParams } from "@/components/usage/table-params";
import { usageColumns } from "@/components/usage/usage-columns";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import { useUsageWords } from "@/components/usage/use-usage-words";
import type { Breakdown, BreakdownDimension, BreakdownRow } from "@/server/usage/schema";

type BreakdownTableProps = { dimension: BreakdownDimension; breakdown: Breakdown };

/** Every member of a dimension; the rows add up to the card, the row of nobody among them. */
export function BreakdownTable({ dimension, breakdown }: BreakdownTableProps) {
  const page = dimensionPages[dimension];
  const t = useTranslations(page);
  const columns = useColumns(dimension, breakdown);
  const href = useMemberHref();
  const detail = useModelsDetail(dimension);
  const [{ q, sort }, setTable] = useQueryStates(tableParams, { history: "replace", throttleMs: 200 });
  const { range } = breakdown;
  return (
    <Card>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={breakdown.rows}
        rowKey={rowKey}
        rowHref={(row) => href(dimension, row.key)}
        rowDetail={detail}
        sort={sort}
        onSortChange={(next) => void setTable({ sort: next })}
        query={q}
        onQueryChange={(next) => void setTable({ q: next })}
        rememberAs={page}
        hasTotals
        empty={t("empty")}
        fileSuffix={`${range.from} ${addDays(range.to, -1)}`}
      />
    </Card>
  );
}

/** Behind each person, what they spent on which models; the other pages tell that on the pages of their rows. */
function useModelsDetail(dimension: BreakdownDimension): RowDetail<BreakdownRow> | undefined {
  const t = useTranslations("usage");
  const label = useMemberLabel();
  const isNarrow = useIsNarrow();
  return useMemo(
    () =>
      dimension === "user"
        ? {
            label: (row) => t("modelsOf", { name: label(row) }),
            height: memberModelsHeight(isNarrow),
            hasDetail: ({ key }) => key !== null,
            render: ({ key, ...row }) =>
              key !== null && <MemberModels dimension={dimension} memberKey={key} name={label({ key, ...row })} />,
          }
        : undefined,
    [dimension, t, label, isNarrow],
  );
}

const rowKey = ({ key }: BreakdownRow) => (key === null ? "nobody" : `key ${key}`);

function useColumns(dimension: BreakdownDimension, { totals }: Breakdown): DataColumn<BreakdownRow>[] {
  const t = useTranslations("usage");
  const page = useTranslations(dimensionPages[dimension]);
  const label = useMemberLabel();
  const usageWords = useUsageWords();
  return useMemo(
    () => [
      {
        id: "name",
        header: page("singular"),
        value: label,
        cell: (row) => <MemberName member={row} dimension={dimension} unattributedHint={page("unattributedHint")} />,
        isHideable: false,
      },
      {
        id: "amount",
        header: t("columns.amount"),
        kind: "money",
        width: 124,
        value: (row) => row.amount,
        cell: (row) => (row.amount === null ? <UnknownMark hint={t("noAmount")} /> : <Money value={row.amount} />),
        total: totals.amount,
      },
      {
        id: "change",
        header: t("columns.change"),
        kind: "share",
        width: 96,
        hint: t("columns.changeHint"),
        value: (row) => changeRatio(row.amount, row.previousAmount),
        exportValue: (row) => finite(changeRatio(row.amount, row.previousAmount)),
        cell: (row) => <ChangeCell current={row.amount} previous={row.previousAmount} />,
      },
      {
        id: "previous",
        header: t("columns.previous"),
        kind: "money",
        width: 140,
        value: (row) => row.previousAmount,
        total: totals.previousAmount,
        isInitiallyHidden: true,
      },
      {
        id: "share",
        header: t("columns.share"),
        kind: "share",
        width: 160,
        value: (row) => row.share,
        cell: (row) => <ShareCell share={row.share} />,
      },
      ...usageColumns<BreakdownRow>(usageWords, totals.usage),
      // Searched always, shown and downloaded on request: the name column has them already.
      { id: "detail", header: page("detail"), value: (row) => row.detail, isInitiallyHidden: true },
      {
        id: "state",
        header: t("columns.state"),
        value: (row) => t(`state.${row.state}`),
        isInitiallyHidden: true,
        isSearchable: false,
        width: 120,
      },
      { id: "id", header: t("columns.id"), value: (row) => row.key, isInitiallyHidden: true },
    ],
    [t, page, label, usageWords, dimension, totals],
  );
}

const finite = (ratio: number | null) => (ratio === Number.MAX_VALUE ? null : ratio);
