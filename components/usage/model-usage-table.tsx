"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { usageColumns } from "@/components/usage/usage-columns";
import { useMemberHref } from "@/components/usage/use-member-words";
import { useUsageWords } from "@/components/usage/use-usage-words";
import type { MemberDetail, UsageCounts } from "@/server/usage/schema";

type ModelUsage = MemberDetail["byModel"][number];
const byInput = { columnId: "inputTokens", isDescending: true };

/** Which models were called, how often and with how much. */
export function ModelUsageTable({ rows, totals }: { rows: readonly ModelUsage[]; totals: UsageCounts }) {
  const t = useTranslations("usage");
  const words = useUsageWords();
  const href = useMemberHref();
  const columns = useMemo(
    (): DataColumn<ModelUsage>[] => [
      { id: "name", header: t("columns.model"), value: (row) => row.model ?? t("noModel") },
      ...usageColumns<ModelUsage>(words, totals),
    ],
    [t, words, totals],
  );
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>{t("byModel")}</CardTitle>
      </CardHeader>
      <DataTable
        label={t("byModel")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.model ?? ""}
        rowHref={(row) => href("model", row.model)}
        sort={byInput}
        hasToolbar={rows.length > 12}
        hasTotals
        empty={t("noUsage")}
        maxHeight="32rem"
      />
    </Card>
  );
}
