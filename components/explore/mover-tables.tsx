"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useAnswered } from "@/components/explore/explore-context";
import { useExploreWords } from "@/components/explore/use-explore-words";
import { addDays } from "@/components/lib/date-range";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type MoverDimension, moverDimensions, whyEffects } from "@/server/explore/constants";
import type { WhyResult, WhyRow } from "@/server/explore/schema";

/** Who moved most, by one dimension at a time; the rows add up to the whole difference. */
export function MoverTables({ result }: { result: WhyResult }) {
  const t = useTranslations("explore");
  const told = moverDimensions.filter((dimension) => result.movers[dimension]);
  const [chosen, setChosen] = useState<MoverDimension>("model");
  const dimension = told.includes(chosen) ? chosen : told[0];
  if (!dimension) return null;
  return (
    <Card>
      <CardHeader className="flex-wrap pb-2">
        <CardTitle as="h3">{t("why.movers")}</CardTitle>
        <SegmentedControl
          size="sm"
          aria-label={t("why.moversBy")}
          value={dimension}
          onValueChange={setChosen}
          segments={told.map((value) => ({ value, label: t(`dimensions.${value}`) }))}
        />
      </CardHeader>
      <MoverTable result={result} dimension={dimension} />
    </Card>
  );
}

type MoverTableProps = { result: WhyResult; dimension: MoverDimension };

function MoverTable({ result, dimension }: MoverTableProps) {
  const t = useTranslations("explore");
  const { addFilters } = useAnswered();
  const rows = result.movers[dimension] ?? [];
  const columns = useColumns(result, dimension);
  const drill = ({ label }: WhyRow) => {
    if (label) addFilters([{ dimension, op: "in", values: [label.key] }]);
  };
  return (
    <DataTable
      label={t("why.moversOf", { dimension: t(`dimensions.${dimension}`) })}
      columns={columns}
      rows={rows}
      rowKey={({ label }) => (label ? `member ${label.key}` : "others")}
      onRowOpen={drill}
      hasToolbar={false}
      hasTotals
      empty={t("why.noMovers")}
      fileSuffix={`${result.range.from} ${addDays(result.range.to, -1)}`}
    />
  );
}

function useColumns(result: WhyResult, dimension: MoverDimension): DataColumn<WhyRow>[] {
  const t = useTranslations("explore");
  const words = useExploreWords();
  return useMemo(() => {
    const { before, after, difference, effects } = result;
    const hasEffects = result.movers[dimension]?.some((row) => row.effects !== null) ?? false;
    const parts = whyEffects.map(
      (effect): DataColumn<WhyRow> => ({
        id: effect,
        header: t(`why.columns.${effect}`),
        kind: "difference",
        width: 104,
        hint: t(`why.hints.${effect}`),
        value: (row) => row.effects?.[effect] ?? null,
        total: effects?.[effect] ?? null,
      }),
    );
    return [
      {
        id: "name",
        header: t(`dimensions.${dimension}`),
        value: ({ label, count }) => (label ? words.label(label) : t("why.others", { count })),
        isHideable: false,
      },
      {
        id: "difference",
        header: t("why.difference"),
        kind: "difference",
        width: 112,
        value: (row) => row.difference,
        total: difference,
      },
      ...(hasEffects ? parts : []),
      { id: "before", header: t("why.before"), kind: "money", width: 112, value: (row) => row.before, total: before },
      { id: "after", header: t("why.after"), kind: "money", width: 112, value: (row) => row.after, total: after },
    ];
  }, [result, dimension, t, words]);
}
