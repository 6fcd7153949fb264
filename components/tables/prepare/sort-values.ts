import { compareDecimals } from "@/components/lib/decimal";
import type { CellValue, ColumnKind } from "@/components/tables/types";

/** Ascending order of two known values of one column. Unknown ones are placed last by the table itself. */
export function compareValues(a: CellValue, b: CellValue, kind: ColumnKind, collator: Intl.Collator): number {
  switch (kind) {
    case "money":
    case "difference":
    case "count":
    case "share":
      return compareFigures(String(a), String(b));
    case "day":
    case "instant":
      return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
    case "text":
      return collator.compare(String(a), String(b));
    default:
      return kind satisfies never;
  }
}

/** Floats settle almost every pair; only near ties pay for the exact comparison. */
function compareFigures(a: string, b: string): number {
  const left = Number(a);
  const right = Number(b);
  const isClear = Math.abs(left - right) > 1e-9 * Math.max(Math.abs(left), Math.abs(right));
  return isClear ? left - right : compareDecimals(a, b);
}

/** Text as the search sees it: width, case and composition do not matter. */
export function searchText(value: CellValue): string {
  return value === null ? "" : String(value).normalize("NFKC").toLocaleLowerCase();
}
