import { CsvError, parse } from "csv-parse/sync";
import { TagKey, Percent, FromDay, TagText } from "@/server/allocation/schema";
import {
  COST_CENTER_DIMENSION,
  MAX_UPLOAD_ROWS,
  uploadColumns,
  type UploadColumn,
} from "@/server/allocation/constants";
import type { UploadProblem } from "@/server/allocation/schema";
import type { ItemKind, ItemRef } from "@/server/directory/schema";

/** A line of an upload that can be meant: it gives an item a tag, or a cost center a share of its cost. */
export type UploadRow = {
  line: number;
  item: ItemRef;
  /** Of a tag; null for cost centers. */
  tagKey: string | null;
  /** A tag's value, or a cost center's name or code; null takes away what there was. */
  value: string | null;
  /** UTC day, from which on it holds for good. */
  from: string;
  /** Percent; of cost centers alone. */
  share: string;
};

export type ReadUpload = { rows: UploadRow[]; problems: UploadProblem[] };

type Record = { [Column in UploadColumn]: string };
type Parsed = { record: string[]; info: { lines: number } };

/** Reads a CSV file of assignments, with commas, semicolons or tabs, as its header has. Pure. */
export function readUpload(text: string): ReadUpload {
  const refused = (problem: Omit<UploadProblem, "line">, line = 1): ReadUpload => ({
    rows: [],
    problems: [{ line, ...problem }],
  });
  let parsed: Parsed[];
  try {
    parsed = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      delimiter: delimiterOf(text),
    }) as unknown as Parsed[];
  } catch (error) {
    if (error instanceof CsvError) return refused({ code: "broken" }, Number(error.lines ?? 1));
    throw error;
  }
  const [head, ...body] = parsed;
  const header = head?.record.map((name) => name.toLowerCase()) ?? [];
  const missing = uploadColumns.filter((column) => column !== "share" && !header.includes(column));
  if (missing.length > 0) return refused({ code: "header", text: missing.join(", ") });
  if (body.length > MAX_UPLOAD_ROWS) return refused({ code: "too_many", text: String(body.length) });
  const read = body.map(({ record, info }) => readRow(record, header, info.lines));
  return {
    rows: read.filter((one): one is UploadRow => !("code" in one)),
    problems: read.filter((one) => "code" in one),
  };
}

/** What stands in the header most often. */
function delimiterOf(text: string): string {
  const [header = ""] = text.split(/[\r\n]/, 1);
  const countOf = (delimiter: string) => header.split(delimiter).length;
  return [",", ";", "\t"].toSorted((a, b) => countOf(b) - countOf(a))[0] ?? ",";
}

function readRow(fields: readonly string[], header: readonly string[], line: number): UploadRow | UploadProblem {
  if (fields.length !== header.length) return { line, code: "columns", text: String(fields.length) };
  const given = Object.fromEntries(
    uploadColumns.map((column) => [column, fields[header.indexOf(column)] ?? ""]),
  ) as Record;
  const { dimension, value, from, share } = given;
  const kind = kinds[given.kind.toLowerCase()];
  if (!kind) return { line, code: "kind", text: given.kind };
  if (given.id === "" || given.id.length > MAX_ID_LENGTH) return { line, code: "id", text: given.id };
  const isCenter = dimension.toLowerCase() === COST_CENTER_DIMENSION;
  if (!isCenter && !TagKey.safeParse(dimension).success) return { line, code: "dimension", text: dimension };
  if (value !== "" && !TagText.safeParse(value).success) return { line, code: "value", text: value };
  if (!FromDay.safeParse(from).success) return { line, code: "from", text: from };
  if (share !== "" && !(isCenter && Percent.safeParse(share).success)) return { line, code: "share", text: share };
  const item = { kind, itemId: given.id };
  return { line, item, tagKey: isCenter ? null : dimension, value: value || null, from, share: share || "100" };
}

const MAX_ID_LENGTH = 300;

const kinds: { [name: string]: ItemKind | undefined } = {
  project: "project",
  user: "user",
  key: "api_key",
  api_key: "api_key",
};
