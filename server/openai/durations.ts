const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration text as in `x-ratelimit-reset-*`: "120ms", "1s", "6m0s", "1h2m3.5s". Null if it is none. */
export function parseDuration(text: string | null | undefined): number | null {
  const compact = text?.trim() ?? "";
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(compact)) return null;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (unitMs[unit ?? ""] ?? 0);
  }
  return Math.ceil(total);
}

/** Milliseconds to wait as told by `retry-after-ms` or `retry-after` (seconds or an HTTP date). Null when not told. */
export function parseRetryAfter(headers: Headers | undefined, nowMs: number = Date.now()): number | null {
  const exact = toCount(headers?.get("retry-after-ms"));
  if (exact !== null) return exact;
  const told = headers?.get("retry-after");
  if (!told) return null;
  const seconds = toCount(told);
  if (seconds !== null) return Math.ceil(seconds * 1_000);
  const date = Date.parse(told);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** A non-negative number in a header, or null. */
export function toCount(text: string | null | undefined): number | null {
  return text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}
