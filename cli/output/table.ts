import { cutToWidth, displayWidth, printable } from "@/cli/output/width";

/** text: to the left; count: to the right, in groups of three; decimal: points below each other. */
export type Alignment = "text" | "count" | "decimal";
export type Column = { title: string; align?: Alignment };
export type Cell = string | number | bigint | boolean | null | undefined;

/** Longer names are cut in tables; --json has all of them. */
const MAX_TEXT = 48;
const GAP = "  ";

/** Rows below aligned titles; what is unknown is a dash. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const rendered = columns.map(({ title, align = "text" }, i) => {
    const cells = rows.map((row) => showCell(row[i], align));
    const body = align === "decimal" ? alignPoints(cells) : cells;
    const width = Math.max(displayWidth(title), ...body.map(displayWidth));
    return [title, ...body].map((text) => pad(text, width, align));
  });
  const lines = ["", ...rows].map((_, line) => rendered.map((column) => column[line] ?? "").join(GAP));
  return lines.map((line) => line.trimEnd()).join("\n");
}

function showCell(value: Cell, align: Alignment): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (align === "count" && typeof value !== "string") return value.toLocaleString("en-US");
  return cutToWidth(printable(String(value)), MAX_TEXT);
}

/** Fills up after the point, so that flush right puts points below each other. */
function alignPoints(cells: readonly string[]): string[] {
  const fraction = (text: string) => (text.includes(".") ? text.length - text.indexOf(".") : 0);
  const longest = Math.max(0, ...cells.map(fraction));
  return cells.map((text) => text + " ".repeat(longest - fraction(text)));
}

function pad(text: string, width: number, align: Alignment): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "text" ? text + fill : fill + text;
}
