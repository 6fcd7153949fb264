"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { exportPath } from "@/components/exports/export-path";
import { ErrorState } from "@/components/layout/error-state";
import { addDays } from "@/components/lib/date-range";
import { useTRPC } from "@/components/lib/trpc";
import { useFormat } from "@/components/lib/use-format";
import { useOrg } from "@/components/orgs/org-context";
import { DataTable } from "@/components/tables/data-table";
import type { DataColumn } from "@/components/tables/types";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import type { ChangesPreview, ExportRunEntry } from "@/server/exports/schema";

type ChangesDialogProps = { run: ExportRunEntry; onClose: () => void };

const formats = ["csv", "json", "parquet"] as const;

/** What the provider changed since an export was made, with what it was before. */
export function ChangesDialog({ run, onClose }: ChangesDialogProps) {
  const t = useTranslations("exports.changes");
  const words = useTranslations("exports");
  const format = useFormat();
  const { slug: org } = useOrg();
  const query = useTRPC().exports.changes.queryOptions({ org, exportId: run.id });
  const { data, error, refetch } = useQuery({ ...query, staleTime: 0 });
  const path = (one: string) =>
    exportPath(org, { from: run.from, to: run.to }, { dataset: "changes", since: run.id, format: one });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="grid max-h-[90dvh] grid-cols-[minmax(0,1fr)] gap-4 overflow-y-auto sm:max-w-4xl">
        <DialogHeader>
          <DialogTitle>{t("title")}</DialogTitle>
          <DialogDescription>
            {t("text", {
              time: format.instant(run.takenAt, "full"),
              days: format.dayRange(run.from, addDays(run.to, -1)),
            })}
          </DialogDescription>
        </DialogHeader>
        {error && <ErrorState onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-40" />}
        {data && <Found data={data} />}
        {data && hasFile(data) && (
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-13 text-muted-foreground">{t("asFile", { count: data.count })}</span>
            {formats.map((one) => (
              <Button key={one} variant="outline" size="sm" asChild>
                <a href={path(one)} download>
                  {words(one)}
                </a>
              </Button>
            ))}
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

const hasFile = ({ count, wholeDays, newConnections }: ChangesPreview) =>
  count + wholeDays.length + newConnections.length > 0;

function Found({ data }: { data: ChangesPreview }) {
  const t = useTranslations("exports.changes");
  const format = useFormat();
  const columns = useColumns();
  const whole = data.wholeDays.map(({ from, to }) => format.dayRange(from, addDays(to, -1))).join(", ");
  const names = data.newConnections.join(", ");
  return (
    <>
      {whole && <Callout variant="info">{t("whole", { days: whole })}</Callout>}
      {names && <Callout variant="info">{t("new", { names })}</Callout>}
      {data.count === 0 ? (
        <p className="text-13 text-muted-foreground">{t("none")}</p>
      ) : (
        <DataTable
          label={t("title")}
          columns={columns}
          rows={data.rows}
          rowKey={(row) => Object.values(row).join(" ")}
          hasToolbar={false}
        />
      )}
    </>
  );
}

type Row = ChangesPreview["rows"][number];

function useColumns(): DataColumn<Row>[] {
  const t = useTranslations("exports.changes");
  const text = (id: string, header: string, value: (row: Row) => string | null): DataColumn<Row> => ({
    id,
    header,
    value,
  });
  const figure = (id: "before" | "after" | "difference"): DataColumn<Row> => ({
    id,
    header: t(id),
    value: (row) => row[id] ?? null,
    cell: (row) => <span className="block text-right tabular">{row[id] ?? t("noRow")}</span>,
    width: 130,
  });
  return [
    { id: "day", header: t("day"), kind: "day", value: (row) => row.bucket_start?.slice(0, 10) ?? null, width: 120 },
    text("who", t("who"), (row) => nameOf(row) ?? t("nobody")),
    text("what", t("what"), (row) => row.line_item ?? row.model ?? null),
    text("measure", t("measure"), (row) => row.measure ?? null),
    figure("before"),
    figure("after"),
    figure("difference"),
  ];
}

const nameOf = (row: Row) =>
  row.project_name ?? row.project_id ?? row.user_name ?? row.user_id ?? row.api_key_name ?? row.api_key_id;
