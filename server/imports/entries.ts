import { MS_PER_DAY, MS_PER_HOUR, parseUtcDay } from "@/server/lib/time";
import type { UsageRow } from "@/server/openai/rows";
import type { FileFormat } from "@/server/imports/constants";
import type { UsageEndpoint } from "@/server/usage/measures";

/** A time that the file gives figures for: a UTC day, or an hour of usage. Epoch milliseconds, half-open. */
export type Bucket = { start: number; end: number };

export type CostEntry = {
  kind: "cost";
  bucket: Bucket;
  projectId: string | null;
  userId: string | null;
  /** Of a person whose id the file does not give. */
  userEmail: string | null;
  apiKeyId: string | null;
  lineItem: string | null;
  model: string | null;
  /** Plain decimal text, every digit of the file's. */
  amount: string;
  currency: string;
  quantity: string | null;
  quantityUnit: string | null;
};

export type UsageEntry = {
  kind: "usage";
  bucket: Bucket;
  endpoint: UsageEndpoint;
  row: UsageRow;
  userEmail: string | null;
};

export type NameEntry = {
  kind: "name";
  item: "project" | "user" | "api_key";
  id: string;
  name: string | null;
  data: object;
};

/** What a project may cost in a month, in US dollars: plain decimal text, more than zero; null where it has no budget. */
export type BudgetEntry = { kind: "budget"; projectId: string; amount: string | null };

/** Something that is not taken, while the rest of the file is. */
export type LeftOutEntry = { kind: "left_out" } & LeftOut;

/** Where it stands, and what stands there. */
export type LeftOut = { place: string; given: string };

/** What a reader finds in a file, in the order of the file. */
export type Entry =
  | { kind: "format"; format: FileFormat }
  /** The bucket is in the file, with rows or without; of one list or, by default, of all that the file holds. */
  | { kind: "covered"; bucket: Bucket; list?: string }
  | CostEntry
  | UsageEntry
  | NameEntry
  | BudgetEntry
  | LeftOutEntry
  | { kind: "organization"; id: string }
  /** The file is one page of several. */
  | { kind: "more" };

/** Costs come by UTC day. @returns null for any other length or place; ends of 23:59:59 are meant as midnight */
export function dayBucket(start: number, end: number): Bucket | null {
  const rounded = end + (end % MS_PER_DAY === MS_PER_DAY - 1000 ? 1000 : 0);
  return start % MS_PER_DAY === 0 && rounded - start === MS_PER_DAY ? { start, end: rounded } : null;
}

/** Usage comes by day or in parts of an hour, which are kept by the hour. */
export function usageBucket(start: number, end: number): Bucket | null {
  const day = dayBucket(start, end);
  if (day) return day;
  const hour = Math.floor(start / MS_PER_HOUR) * MS_PER_HOUR;
  return end > start && end <= hour + MS_PER_HOUR ? { start: hour, end: hour + MS_PER_HOUR } : null;
}

/** @returns null for what is not a calendar day from 2020 on */
export function bucketOfDay(day: string): Bucket | null {
  try {
    const start = parseUtcDay(day).getTime();
    return { start, end: start + MS_PER_DAY };
  } catch {
    return null;
  }
}

/** Names that people read as "none". */
const nobody = new Set(["", "unknown", "unattributed", "(unattributed)", "none", "null"]);

/** An id as the file gives it; null for what only says that there is none. */
export const idOrNull = (text: string | null | undefined): string | null =>
  text == null || nobody.has(text.trim().toLowerCase()) ? null : text.trim();
