"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { UnlistedNote } from "@/components/usage/unlisted-note";
import { useMemberHref, useMemberLabel } from "@/components/usage/use-member-words";
import { rateLimitFields } from "@/server/usage/constants";
import type { MemberAround } from "@/server/usage/schema";

type RateLimit = MemberAround["rateLimits"][number];

type RateLimitTableProps = {
  rows: readonly RateLimit[];
  unlisted: number;
  /** Then it is the projects that tell the rows apart. */
  isOfModel: boolean;
};

/** The provider's rate limits that apply; nothing where none were fetched. */
export function RateLimitTable({ rows, unlisted, isOfModel }: RateLimitTableProps) {
  const t = useTranslations("usage.around");
  const label = useMemberLabel();
  const href = useMemberHref();
  const columns = useMemo(
    (): DataColumn<RateLimit>[] => [
      isOfModel
        ? { id: "project", header: t("project"), value: (row) => label(row.project) }
        : { id: "model", header: t("model"), value: (row) => row.model },
      // Of the columns only those that some limit has.
      ...rateLimitFields
        .filter((field) => rows.some(({ limits }) => limits[field]))
        .map(
          (field): DataColumn<RateLimit> => ({
            id: field,
            header: t(`fields.${field}`),
            hint: t(`fieldHints.${field}`),
            kind: "count",
            width: 136,
            value: ({ limits }) => limits[field],
          }),
        ),
    ],
    [t, label, rows, isOfModel],
  );
  if (rows.length === 0) return null;
  return (
    <Card>
      <CardHeader className="border-b">
        <CardTitle>{t("rateLimits")}</CardTitle>
      </CardHeader>
      <DataTable
        label={t("rateLimits")}
        columns={columns}
        rows={rows}
        rowKey={({ project, model }) => `${project.key} ${model}`}
        rowHref={({ project, model }) => (isOfModel ? href("project", project.key) : href("model", model))}
        hasToolbar={rows.length > 12}
        maxHeight="24rem"
      />
      <UnlistedNote listed={rows.length} unlisted={unlisted} />
    </Card>
  );
}
