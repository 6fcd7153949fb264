"use client";

import { ChartColumnIcon, DownloadIcon, Table2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { type ChartState, ChartStateView } from "@/components/charts/chart-state";
import { ChartTableView } from "@/components/charts/chart-table-view";
import type { PngLegendEntry } from "@/components/charts/export-png";
import type { ChartTable } from "@/components/charts/prepare/types";
import { toCsv } from "@/components/lib/csv";
import { downloadText, fileSlug } from "@/components/lib/download";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { toast } from "@/components/ui/toaster";

type ChartFrameProps = {
  title: string;
  /** Units and scope, said once. */
  description?: ReactNode;
  /** The figure the chart ties to, beside the title. */
  figure?: ReactNode;
  actions?: ReactNode;
  /** Of the plot, in pixels. Every state has this height. */
  height?: number;
  state: ChartState;
  /** The chart in one sentence, for those who do not see it. */
  summary: string;
  /** What each series comes to, for screen readers; the whole table is one press away. */
  totals?: readonly { label: string; value: string; share: string }[];
  /** Made when it is asked for. The same function while nothing changes. */
  tableOf: () => ChartTable;
  showCell: (cell: string | null, columnIndex: number) => { text: string; exact?: string };
  /** Named in files: "2026-11-01 to 2026-11-20". */
  fileSuffix?: string;
  /** Below the title of an image, which has no page round it: days, total, as of when. */
  pngCaption?: string;
  pngLegend: readonly PngLegendEntry[];
  legend?: ReactNode;
  children: ReactNode;
};

/** The card round a chart: title, chart or table, downloads, legend, and the states in between. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, height = 280, state, summary, tableOf, legend } = props;
  const t = useTranslations("charts");
  const [view, setView] = useState<"chart" | "table">("chart");
  const plot = useRef<HTMLDivElement>(null);
  const fileName = fileSlug([title, props.fileSuffix].filter(Boolean).join(" "));
  const table = useMemo(() => (view === "table" ? tableOf() : null), [view, tableOf]);
  const saveCsv = () => {
    const { columns, rows } = tableOf();
    downloadText(toCsv([columns.map((column) => column.label), ...rows]), `${fileName}.csv`);
  };
  const savePng = async () => {
    try {
      // Loaded when asked for: most readers never save an image.
      const { downloadChartPng } = await import("@/components/charts/export-png");
      if (!plot.current) return;
      const { pngCaption: subtitle, pngLegend } = props;
      await downloadChartPng(plot.current, { title, subtitle, legend: pngLegend, fileName: `${fileName}.png` });
    } catch {
      toast.error(t("downloadFailed"));
    }
  };
  const isReady = state.status === "ready";
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="min-w-0 grow basis-48">
          <CardTitle>{title}</CardTitle>
          {props.figure && <div className="mt-1">{props.figure}</div>}
          {props.description && <CardDescription className="mt-0.5">{props.description}</CardDescription>}
        </div>
        <CardAction>
          {props.actions}
          <SegmentedControl
            size="sm"
            aria-label={t("view")}
            value={view}
            onValueChange={setView}
            segments={[
              { value: "chart", label: <ChartColumnIcon />, ariaLabel: t("chartView"), disabled: !isReady },
              { value: "table", label: <Table2Icon />, ariaLabel: t("tableView"), disabled: !isReady },
            ]}
          />
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon-sm" aria-label={t("download")} disabled={!isReady}>
                <DownloadIcon />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuItem onSelect={saveCsv}>{t("downloadCsv")}</DropdownMenuItem>
              <DropdownMenuItem onSelect={savePng} disabled={view !== "chart"}>
                {t("downloadPng")}
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
        </CardAction>
      </CardHeader>
      <CardContent>
        {state.status !== "ready" && <ChartStateView state={state} height={height} />}
        {state.status === "ready" && view === "chart" && (
          <div
            ref={plot}
            role="img"
            aria-label={summary}
            style={{ height }}
            className="[&_.recharts-surface]:outline-none"
          >
            {props.children}
          </div>
        )}
        {isReady && view === "chart" && props.totals && <TotalsForReaders title={title} totals={props.totals} />}
        {state.status === "ready" && table && (
          <ChartTableView table={table} caption={title} show={props.showCell} height={height} />
        )}
        {legend && <div className="mt-3 min-h-6">{isReady ? legend : null}</div>}
      </CardContent>
    </Card>
  );
}

function TotalsForReaders({ title, totals }: { title: string; totals: NonNullable<ChartFrameProps["totals"]> }) {
  const t = useTranslations("charts");
  // A table does not shrink to the hidden box by itself, so the box goes round it.
  return (
    <div className="sr-only">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("total")}</th>
            <th scope="col">{t("share")}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td>{row.value}</td>
              <td>{row.share}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
