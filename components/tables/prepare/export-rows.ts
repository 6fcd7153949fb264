import type { CsvCell } from "@/components/lib/csv";
import type { DataColumn } from "@/components/tables/types";

/** The file of a table: the columns shown, every row that matches, exact values. */
export function exportRows<TRow>(columns: readonly DataColumn<TRow>[], rows: readonly TRow[]): CsvCell[][] {
  const head = columns.map((column) => column.header);
  const body = rows.map((row) => columns.map((column) => (column.exportValue ?? column.value)(row)));
  return [head, ...body];
}
