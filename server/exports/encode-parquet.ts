import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { version } from "@/package.json";
import type { Cell, ColumnKind, ExportColumn, ExportRow, ExportTable } from "@/server/exports/table";

/** Rows that are in memory at once, and that a reader can skip at once. */
const ROWS_PER_GROUP = 20_000;

/**
 * Apache Parquet, Snappy, a row group at a time. Decimals are text: the provider's amounts have up to thirty decimals and no
 * largest size, and no DECIMAL of Parquet's 38 digits holds every sum of them; a cast in the reader chooses what to keep.
 */
export async function* encodeParquet({ columns, pages }: Pick<ExportTable, "columns" | "pages">) {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: `Tollkeeper ${version}` });
  let group: ExportRow[] = [];
  const writeGroup = () => {
    const columnData = columns.map(({ name, kind }, i) => ({
      name,
      data: group.map((row) => toParquet(row[i] ?? null, kind)),
    }));
    group = [];
    void parquet.write({ columnData, rowGroupSize: ROWS_PER_GROUP });
  };
  for await (const rows of pages) {
    group.push(...rows);
    if (group.length < ROWS_PER_GROUP) continue;
    writeGroup();
    yield taken(writer);
  }
  if (group.length > 0) writeGroup();
  void parquet.finish();
  yield taken(writer);
}

/** What was written since the last time; the writer goes on counting from there. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

const types: Record<ColumnKind, Omit<SchemaElement, "name">> = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  decimal: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  count: { type: "INT64" },
  boolean: { type: "BOOLEAN" },
  day: { type: "INT32", converted_type: "DATE" },
  instant: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
  object: { type: "BYTE_ARRAY", converted_type: "JSON" },
};

const schemaOf = (columns: readonly ExportColumn[]): SchemaElement[] => [
  { name: "root", num_children: columns.length },
  ...columns.map(({ name, kind }): SchemaElement => ({ name, repetition_type: "OPTIONAL", ...types[kind] })),
];

const toParquet = (cell: Cell, kind: ColumnKind) =>
  typeof cell === "string" && (kind === "day" || kind === "instant") ? new Date(cell) : cell;
