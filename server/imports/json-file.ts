import { createReadStream } from "node:fs";
import { type Bucket, dayBucket, type Entry, usageBucket } from "@/server/imports/entries";
import type { FileFormat } from "@/server/imports/constants";
import { costEntries, endpointOf, nameOf, usageEntries } from "@/server/imports/json-rows";
import { badRow, RefusedFile } from "@/server/imports/refusal";
import { readSmallJson } from "@/server/imports/small-json";
import { readWholeFile } from "@/server/imports/whole-file";
import { parseExactJson } from "@/server/openai/exact-json";
import { ListScanner } from "@/server/openai/list-scanner";
import { type Fields, isFields, MalformedRow } from "@/server/openai/rows";
import { FIRST_DAY } from "@/server/lib/time";

const MEGABYTE = 1024 * 1024;
const MAX_PART_BYTES = 32 * MEGABYTE;

/** Entries of a JSON file. Of a list, however long, no more than one part is held. @throws RefusedFile */
export async function* readJsonFile(path: string, head: string): AsyncGenerator<Entry> {
  if (/"data"\s*:\s*\[/.test(head)) {
    yield* readList(path);
    return;
  }
  yield* readSmallJson(await readWholeFile(path, { maxBytes: 8 * MEGABYTE }));
}

async function* readList(path: string): AsyncGenerator<Entry> {
  const scanner = new ListScanner("data");
  const reader = new PartReader();
  let pending = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    pending += chunk.length;
    for (const part of scanner.push(chunk)) {
      pending = 0;
      yield* reader.read(part);
    }
    if (pending > MAX_PART_BYTES) throw new RefusedFile("part_too_large", { place: `data[${reader.count}]` });
  }
  yield* reader.finish(scanner.frame());
}

/** Parts of the outermost list: buckets, or objects of the directory. */
class PartReader {
  count = 0;
  #format: FileFormat | null = null;

  *read(json: string): Generator<Entry> {
    const place = `data[${this.count++}]`;
    const part = parsePart(json, place);
    if (!isFields(part)) throw new RefusedFile("not_usage");
    if ("start_time" in part || "results" in part || "result" in part) yield* this.#bucket(part, place);
    else yield* this.#item(part, place);
  }

  *#bucket(part: Fields, place: string): Generator<Entry> {
    const field = "results" in part ? "results" : "result";
    const rows = part[field] ?? [];
    if (!Array.isArray(rows)) badRow(place, `${field} is not a list`);
    const [start, end] = [timeOf(part.start_time, place), timeOf(part.end_time, place)];
    const first: unknown = (rows as unknown[])[0];
    const isUsage = isFields(first) && isOfUsage(first);
    const bucket = (isUsage ? usageBucket(start, end) : dayBucket(start, end)) ?? usageBucketOfNone(rows, start, end);
    if (!bucket) return badRow(place, isUsage ? "it is neither an hour nor a UTC day" : "it is not one UTC day");
    if (first !== undefined) yield* this.#setFormat(isUsage ? "openai_usage_json" : "openai_costs_json");
    yield { kind: "covered", bucket };
    for (const [index, row] of (rows as unknown[]).entries()) {
      yield* at(`${place}.${field}[${index}]`, () => readResult(row, bucket));
    }
  }

  *#item(part: Fields, place: string): Generator<Entry> {
    if (part.object === "project.rate_limit") throw new RefusedFile("holds_rate_limits");
    const entry = nameOf(part);
    if (!entry) {
      if (this.#format === null) throw new RefusedFile("not_usage");
      return badRow(place, "it is neither a bucket nor an object of the directory");
    }
    yield* this.#setFormat("openai_directory_json");
    yield entry;
  }

  /** A file is what its first part with a result is. */
  *#setFormat(format: FileFormat): Generator<Entry> {
    if (this.#format === null) yield { kind: "format", format };
    this.#format ??= format;
  }

  /** @param frame what is left of the document without its parts */
  *finish(frame: string): Generator<Entry> {
    let document: unknown;
    try {
      document = JSON.parse(frame.replace(/^\uFEFF/, ""));
    } catch {
      throw new RefusedFile("broken", { place: `after data[${this.count}]` });
    }
    if (isFields(document) && document.has_more === true) yield { kind: "more" };
  }
}

function parsePart(json: string, place: string): unknown {
  try {
    return parseExactJson(json);
  } catch {
    throw new RefusedFile("broken", { place });
  }
}

const isOfUsage = (row: Fields) => typeof row.object === "string" && row.object.startsWith("organization.usage.");

/** A bucket without results may be of either. */
const usageBucketOfNone = (rows: unknown, start: number, end: number): Bucket | null =>
  Array.isArray(rows) && rows.length === 0 ? usageBucket(start, end) : null;

function* readResult(row: unknown, bucket: Bucket): Generator<Entry> {
  if (!isFields(row)) throw new MalformedRow("it is not an object");
  if (typeof row.organization_id === "string" && row.organization_id !== "")
    yield { kind: "organization", id: row.organization_id };
  const endpoint = endpointOf(row);
  yield* endpoint ? usageEntries(endpoint, row, bucket) : costEntries(row, bucket);
}

function* at(place: string, read: () => Generator<Entry>): Generator<Entry> {
  try {
    yield* read();
  } catch (error) {
    if (error instanceof MalformedRow) badRow(place, error.message);
    throw error;
  }
}

const FIRST_MS = Date.parse(FIRST_DAY);
const LAST_MS = Date.parse("2100-01-01");

/** Unix seconds, as a number or as text. */
function timeOf(value: unknown, place: string): number {
  const seconds = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  if (typeof seconds !== "number" || !Number.isInteger(seconds))
    return badRow(place, "it has no start_time and end_time");
  const at = seconds * 1000;
  if (at < FIRST_MS || at > LAST_MS) return badRow(place, "its time is not between 2020 and 2100");
  return at;
}
