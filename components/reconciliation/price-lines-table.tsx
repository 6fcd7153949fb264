"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Money, UnknownMark } from "@/components/ui/figure";
import { type LineWords, useLineWords } from "@/components/reconciliation/use-line-words";
import { useUsageRange } from "@/components/usage/range-context";
import type { PriceCheck, PriceCheckLine } from "@/server/reconciliation/schema";

const largestFirst = { columnId: "billed", isDescending: true };

/** Each line of the bill beside the usage that it is for, and usage that no line is for. */
export function PriceLinesTable({ check }: { check: PriceCheck }) {
  const t = useTranslations("reconciliation.lines");
  const { query } = useUsageRange();
  const columns = useColumns(check);
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription className="mt-1 max-w-3xl text-pretty">{t("description")}</CardDescription>
        </div>
      </CardHeader>
      <DataTable
        label={t("title")}
        columns={columns}
        rows={check.lines}
        rowKey={({ lineItem, model, kind }) => lineItem ?? `${model} ${kind}`}
        sort={largestFirst}
        rememberAs="price-lines"
        hasTotals
        empty={t("empty")}
        fileSuffix={`${query.from} ${query.to}`}
      />
    </Card>
  );
}

function useColumns(check: PriceCheck): DataColumn<PriceCheckLine>[] {
  const t = useTranslations("reconciliation.lines");
  const words = useLineWords();
  return useMemo(
    () => [
      { id: "line", header: t("line"), value: words.line, isHideable: false },
      { id: "model", header: t("model"), value: ({ model }) => model, isInitiallyHidden: true },
      {
        id: "quantity",
        header: t("quantity"),
        kind: "count",
        width: 104,
        hint: t("quantityHint"),
        value: ({ quantity }) => quantity,
      },
      {
        id: "listPrice",
        header: t("listPrice"),
        kind: "money",
        width: 132,
        hint: t("listPriceHint"),
        value: ({ listPrice }) => listPrice?.amount ?? null,
        cell: (line) => <ListPriceCell line={line} words={words} />,
        isSortable: false,
      },
      {
        id: "standard",
        header: t("standard"),
        kind: "money",
        width: 130,
        value: (line) => line.standardAmount,
        total: check.standardAmount,
        isInitiallyHidden: true,
      },
      {
        id: "expected",
        header: t("expected"),
        kind: "money",
        width: 116,
        hint: t("expectedHint"),
        value: (line) => line.expected,
        cell: (line) =>
          line.expected === null ? <UnknownMark hint={words.whyUnknown(line)} /> : <Money value={line.expected} />,
        total: check.expected,
      },
      {
        id: "billed",
        header: t("billed"),
        kind: "money",
        width: 116,
        value: (line) => line.billed,
        total: check.billed,
      },
      {
        id: "difference",
        header: t("difference"),
        kind: "money",
        width: 116,
        value: (line) => line.difference,
        cell: (line) =>
          line.difference === null ? <UnknownMark hint={words.whyUnknown(line)} /> : <Money value={line.difference} />,
      },
      { id: "why", header: t("why"), value: words.why, isSortable: false, width: 260 },
    ],
    [t, words, check],
  );
}

function ListPriceCell({ line, words }: { line: PriceCheckLine; words: LineWords }) {
  const t = useTranslations("reconciliation.lines");
  const { listPrice, noPrice } = line;
  if (!listPrice) return <UnknownMark hint={noPrice.length > 0 ? words.whyUnknown(line) : t("severalPrices")} />;
  return (
    <>
      <Money value={listPrice.amount} /> <span className="text-muted-foreground">{words.per(listPrice.per)}</span>
    </>
  );
}
