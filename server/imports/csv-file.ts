import { createReadStream } from "node:fs";
import { CsvError, parse } from "csv-parse";
import { csvFormatOf } from "@/server/imports/csv-formats";
import type { Entry } from "@/server/imports/entries";
import { badRow, RefusedFile } from "@/server/imports/refusal";
import { MalformedRow } from "@/server/openai/rows";

const MAX_RECORD_BYTES = 1024 * 1024;

/** A row by the names of the header. */
export type Record = { readonly [column: string]: string };

type WithInfo = { record: string[]; info: { lines: number } };

/** Entries of a CSV file, row by row; the header says what it is, in whatever order. @throws RefusedFile */
export async function* readCsvFile(path: string): AsyncGenerator<Entry> {
  const rows = createReadStream(path).pipe(
    // Column counts are judged below, with a sentence of ours.
    parse({
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_BYTES,
    }),
  );
  let header: string[] | null = null;
  let read: ((record: Record) => Iterable<Entry>) | null = null;
  try {
    for await (const { record, info } of rows as AsyncIterable<WithInfo>) {
      if (!header || !read) {
        header = record.map((name) => name.trim().toLowerCase());
        const format = csvFormatOf(new Set(header));
        yield { kind: "format", format: format.format };
        read = format.read;
        continue;
      }
      const place = `line ${info.lines}`;
      if (record.length !== header.length)
        badRow(place, `it has ${record.length} fields, the header has ${header.length}`);
      yield* readRow(read, toRecord(header, record), place);
    }
  } catch (error) {
    throw error instanceof CsvError ? new RefusedFile("broken", placeOf(error)) : error;
  } finally {
    rows.destroy();
  }
}

function* readRow(read: (record: Record) => Iterable<Entry>, record: Record, place: string): Generator<Entry> {
  try {
    yield* read(record);
  } catch (error) {
    if (error instanceof MalformedRow) badRow(place, error.message);
    throw error;
  }
}

const toRecord = (header: readonly string[], fields: readonly string[]): Record =>
  Object.fromEntries(header.map((name, i) => [name, (fields[i] ?? "").trim()]));

function placeOf(error: CsvError) {
  const line = (error as { lines?: unknown }).lines;
  return {
    what: "a quoted text does not end, or stands in the middle of a field",
    ...(typeof line === "number" && { place: `line ${line}` }),
  };
}
