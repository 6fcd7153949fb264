"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useEntityColors } from "@/components/charts/entity-colors";
import { EntityDot } from "@/components/charts/entity-dot";
import { otherColor, unattributedColor } from "@/components/charts/prepare/colors";
import type { DecimalText } from "@/components/lib/decimal";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { colorKey } from "@/components/usage/chart-input";
import { ShareCell } from "@/components/usage/share-cell";
import type { MemberDetail } from "@/server/usage/schema";

type LineItem = MemberDetail["byLineItem"][number];
const byAmount = { columnId: "amount", isDescending: true };

/** What the money went on, in the provider's own words. */
export function LineItemTable({ rows, total }: { rows: readonly LineItem[]; total: DecimalText | null }) {
  const t = useTranslations("usage");
  const columns = useMemo(
    (): DataColumn<LineItem>[] => [
      {
        id: "name",
        header: t("columns.lineItem"),
        value: (row) => row.lineItem ?? t("noLineItem"),
        cell: (row) => <LineItemName lineItem={row.lineItem} fallback={t("noLineItem")} />,
      },
      { id: "amount", header: t("columns.amount"), kind: "money", width: 112, value: (row) => row.amount, total },
      {
        id: "share",
        header: t("columns.share"),
        kind: "share",
        width: 144,
        value: (row) => row.share,
        cell: (row) => <ShareCell share={row.share} />,
      },
    ],
    [t, total],
  );
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>{t("byLineItem")}</CardTitle>
      </CardHeader>
      <DataTable
        label={t("byLineItem")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.lineItem ?? ""}
        sort={byAmount}
        hasToolbar={rows.length > 12}
        hasTotals
        empty={t("noSpend")}
        maxHeight="32rem"
      />
    </Card>
  );
}

function LineItemName({ lineItem, fallback }: { lineItem: string | null; fallback: string }) {
  const colors = useEntityColors();
  const color = lineItem === null ? unattributedColor : (colors.get(colorKey("line_item", lineItem)) ?? otherColor);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <EntityDot color={color} />
      <span dir="auto" title={lineItem ?? undefined} className="name-text">
        {lineItem ?? fallback}
      </span>
    </span>
  );
}
