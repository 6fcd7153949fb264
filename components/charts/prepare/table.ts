import type { ChartTable, StackedDays } from "@/components/charts/prepare/types";
import { plainMoney } from "@/components/lib/format-money";

type TableWords = { day: string; total: string };

/** The chart's figures as a table, a row per day: for the table view, the file and screen readers alike. */
export function stackedTable(chart: StackedDays, words: TableWords): ChartTable {
  const columns = [
    { id: "day", label: words.day, isNumeric: false },
    ...chart.series.map((series) => ({ id: series.id, label: series.label, isNumeric: true })),
    { id: "total", label: words.total, isNumeric: true },
    ...(chart.previous ? [{ id: "previous", label: chart.previous.label, isNumeric: true }] : []),
  ];
  const rows = chart.days.map((day, index) => [
    day,
    ...chart.series.map((series) => plain(series.values[index])),
    plain(chart.totals[index]),
    ...(chart.previous ? [plain(chart.previous.values[index])] : []),
  ]);
  return { columns, rows };
}

function plain(value: string | null | undefined): string | null {
  return plainMoney(value) || null;
}
