import type { Cell, ColumnKind, ExportColumn, ExportRow, ExportTable } from "@/server/exports/table";

type Table = Pick<ExportTable, "columns" | "pages">;

const BYTE_ORDER_MARK = "\uFEFF";

/**
 * RFC 4180: a header, CRLF, doubled quotes; what is not known is an empty cell. Text that a spreadsheet would run gets an
 * apostrophe before it, numbers stay as they are.
 */
export async function* encodeCsv({ columns, pages }: Table, hasBom: boolean): AsyncGenerator<string> {
  yield `${hasBom ? BYTE_ORDER_MARK : ""}${columns.map(({ name }) => name).join(",")}\r\n`;
  const line = (row: ExportRow) => row.map((cell, i) => csvCell(cell, columns[i]?.kind ?? "text")).join(",");
  for await (const rows of pages) yield `${rows.map(line).join("\r\n")}\r\n`;
}

/** What makes a spreadsheet read a cell as a formula. Source: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

// Written by hand: csv-stringify takes ten times as long once it has to tell texts from numbers, and leaves line feeds bare.
function csvCell(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return "";
  if (kind !== "text" && kind !== "object") return String(cell);
  const content = typeof cell === "object" ? JSON.stringify(cell) : String(cell);
  const safe = FORMULA.test(content) ? `'${content}` : content;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An array of objects, one a line. Decimals are text, so that no reader rounds them; counts keep every digit. */
export async function* encodeJson(table: Table): AsyncGenerator<string> {
  yield "[";
  let separator = "\n";
  const toObject = objectOf(table.columns);
  for await (const rows of table.pages) {
    if (rows.length === 0) continue;
    yield separator + rows.map(toObject).join(",\n");
    separator = ",\n";
  }
  yield "\n]\n";
}

/** The same objects, each a line of its own. */
export async function* encodeNdjson({ columns, pages }: Table): AsyncGenerator<string> {
  const toObject = objectOf(columns);
  for await (const rows of pages) if (rows.length > 0) yield `${rows.map(toObject).join("\n")}\n`;
}

function objectOf(columns: readonly ExportColumn[]): (row: ExportRow) => string {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  return (row) => `{${row.map((cell, i) => `${names[i]}${jsonValue(cell)}`).join(",")}}`;
}

const jsonValue = (cell: Cell) => (typeof cell === "bigint" ? cell.toString() : JSON.stringify(cell));
