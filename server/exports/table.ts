/**
 * text: as the provider gave it; decimal: exact text such as "-0.0012"; count: an integer of any size; day: a UTC day;
 * instant: UTC, to the second; object: names with values.
 */
export type ColumnKind = "text" | "decimal" | "count" | "boolean" | "day" | "instant" | "object";

export type ExportColumn = { name: string; kind: ColumnKind };

/** Null is what is not known. Decimals, days and instants are text. */
export type Cell = string | bigint | boolean | Readonly<Record<string, unknown>> | null;

/** Cells in the order of the columns. */
export type ExportRow = readonly Cell[];

/** Something to be written: its columns are known before its first row, and no page is larger than PAGE_ROWS. */
export type ExportTable = {
  columns: readonly ExportColumn[];
  pages: AsyncIterable<readonly ExportRow[]>;
  /** The column of money and the one of its currency; null for counts, which are added up column by column. */
  money: { amount: string; currency: string } | null;
  /** What else is to be said about the rows, once they are written. */
  remarks?: () => Record<string, string | number>;
};

/** Costs, whatever they are grouped by. */
export const plainMoney = { amount: "amount", currency: "currency" } as const;

/** Enough to keep the database busy, few enough to be forgotten soon. */
export const PAGE_ROWS = 5_000;

/** Rows that are in memory already, in pages. */
export async function* inPages(rows: readonly ExportRow[]): AsyncGenerator<readonly ExportRow[]> {
  for (let start = 0; start < rows.length; start += PAGE_ROWS) yield rows.slice(start, start + PAGE_ROWS);
}

export const text = (name: string): ExportColumn => ({ name, kind: "text" });
export const decimal = (name: string): ExportColumn => ({ name, kind: "decimal" });
export const count = (name: string): ExportColumn => ({ name, kind: "count" });
