import { secondsPerDay } from "../clock";
import { badRequest } from "../http/errors";
import type { Call } from "../http/router";

export type BucketWidth = "1m" | "1h" | "1d";

interface WidthRule {
  seconds: number;
  fallback: number;
  max: number;
}

export const usageWidths: Readonly<Record<BucketWidth, WidthRule>> = {
  "1m": { seconds: 60, fallback: 60, max: 1440 },
  "1h": { seconds: 3600, fallback: 24, max: 168 },
  "1d": { seconds: secondsPerDay, fallback: 7, max: 31 },
};

interface BucketWindow {
  /** Start times of this page's buckets, Unix seconds. */
  starts: number[];
  seconds: number;
  hasMore: boolean;
  nextPage: string | null;
}

/**
 * The buckets of one page (pagination style D): aligned to the width, from start_time (its whole bucket) to before
 * end_time, or to now without one.
 */
export function readWindow(call: Call, rule: WidthRule): BucketWindow {
  const { query, now } = call;
  const startTime = query.integer("start_time");
  if (startTime === null)
    throw badRequest("Missing required parameter: 'start_time'.", "start_time", "missing_required_parameter");
  const endTime = query.integer("end_time") ?? now + 1;
  if (startTime < 0) throw badRequest("'start_time' must not be negative.", "start_time", "invalid_value");
  if (query.integer("end_time") !== null && endTime <= startTime) {
    throw badRequest("'end_time' must be after 'start_time'.", "end_time", "invalid_value");
  }
  const limit = query.limit({ min: 1, max: rule.max, fallback: rule.fallback });
  const page = query.text("page");
  const first = page === null ? floorTo(startTime, rule.seconds) : readCursor(page, rule.seconds);
  const starts: number[] = [];
  for (let start = first; start < endTime && starts.length < limit; start += rule.seconds) starts.push(start);
  const next = first + starts.length * rule.seconds;
  const hasMore = starts.length > 0 && next < endTime;
  return { starts, seconds: rule.seconds, hasMore, nextPage: hasMore ? writeCursor(next) : null };
}

function floorTo(value: number, step: number): number {
  return value - (value % step);
}

function writeCursor(start: number): string {
  return `page_${Buffer.from(`bucket:${start}`).toString("base64url")}`;
}

function readCursor(page: string, step: number): number {
  const text = page.startsWith("page_") ? Buffer.from(page.slice(5), "base64url").toString() : "";
  const start = Number(/^bucket:(\d+)$/.exec(text)?.[1] ?? Number.NaN);
  if (Number.isNaN(start) || start % step !== 0)
    throw badRequest(`Invalid 'page': '${page}'.`, "page", "invalid_value");
  return start;
}

/** A page: its buckets, whose results come as text or as UTF-8, and the text around them. */
export function* pageText(
  window: BucketWindow,
  bucket: (start: number) => string | Buffer,
): Generator<string | Buffer> {
  yield '{"object":"page","data":[';
  let separator = "";
  for (const start of window.starts) {
    yield `${separator}{"object":"bucket","start_time":${start},"end_time":${start + window.seconds},"results":[`;
    yield bucket(start);
    yield "]}";
    separator = ",";
  }
  yield `],"has_more":${window.hasMore},"next_page":${JSON.stringify(window.nextPage)}}`;
}
