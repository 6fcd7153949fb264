import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Callout } from "@/components/ui/callout";
import type { UploadReport } from "@/server/allocation/schema";

/** Why lines of a file cannot be meant. */
export function UploadProblems({ report: { problems, problemCount } }: { report: UploadReport }) {
  const t = useTranslations("allocation.upload");
  return (
    <Callout variant="danger" title={t("refused", { count: problemCount })}>
      <ul className="grid max-h-40 gap-1 overflow-y-auto" aria-label={t("problems")}>
        {problems.map(({ line, code, text = "" }) => (
          <li key={`${line} ${code}`}>{t("problemAt", { line, problem: t(`problem.${code}`, { text }) })}</li>
        ))}
      </ul>
    </Callout>
  );
}

type Row = UploadReport["rows"][number];

/** What lines of a file would do. */
export function UploadRows({ report: { rows, rowCount, itemCount } }: { report: UploadReport }) {
  const t = useTranslations("allocation.upload");
  const columns = useColumns();
  return (
    <div className="grid min-w-0 gap-2">
      <p className="text-13 text-muted-foreground">{t("found", { rows: rowCount, items: itemCount })}</p>
      <div className="max-h-72 min-w-0 overflow-y-auto rounded-md border">
        <DataTable
          label={t("preview")}
          columns={columns}
          rows={rows}
          rowKey={({ line }) => String(line)}
          hasToolbar={false}
        />
      </div>
    </div>
  );
}

function useColumns(): DataColumn<Row>[] {
  const t = useTranslations("allocation.upload");
  return useMemo(
    () => [
      { id: "item", header: t("item"), value: ({ name, itemId }) => name ?? itemId },
      { id: "line", header: t("line"), kind: "count", width: 80, value: ({ line }) => line },
      { id: "dimension", header: t("dimension"), value: ({ tagKey }) => tagKey ?? t("costCenter") },
      {
        id: "value",
        header: t("value"),
        value: ({ value, share }) => {
          if (value === null) return t("nothing");
          return share === null ? value : t("share", { value, share });
        },
      },
      { id: "from", header: t("from"), kind: "day", width: 120, value: ({ from }) => from },
    ],
    [t],
  );
}
