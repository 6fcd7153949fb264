import { ApiError } from "./http/errors";

interface PacingRule {
  perMinute: number;
  burst: number;
}

interface Bucket {
  tokens: number;
  updatedAt: number;
}

/** A token bucket per organization; off until a rule is set. */
export class Pacing {
  private rule: PacingRule | null = null;
  private buckets = new Map<string, Bucket>();

  set(rule: PacingRule | null): void {
    this.rule = rule;
    this.buckets = new Map();
  }

  reset(): void {
    this.set(null);
  }

  /** Takes one call. Returns the x-ratelimit headers; throws 429 with Retry-After when the bucket is empty. */
  take(orgId: string, nowMs: number): Record<string, string> {
    const { rule } = this;
    if (!rule) return {};
    const bucket = this.buckets.get(orgId) ?? { tokens: rule.burst, updatedAt: nowMs };
    const perMs = rule.perMinute / 60_000;
    bucket.tokens = Math.min(rule.burst, bucket.tokens + (nowMs - bucket.updatedAt) * perMs);
    bucket.updatedAt = nowMs;
    this.buckets.set(orgId, bucket);
    const isAllowed = bucket.tokens >= 1;
    if (isAllowed) bucket.tokens -= 1;
    const headers = {
      "x-ratelimit-limit-requests": String(rule.perMinute),
      "x-ratelimit-remaining-requests": String(Math.floor(bucket.tokens)),
      "x-ratelimit-reset-requests": duration((rule.burst - bucket.tokens) / perMs),
    };
    if (isAllowed) return headers;
    const waitMs = (1 - bucket.tokens) / perMs;
    throw new ApiError(
      429,
      `Rate limit reached for organization ${orgId} on requests per min (RPM): Limit ${rule.perMinute}. Please try again in ${duration(waitMs)}.`,
      {
        type: "requests",
        code: "rate_limit_exceeded",
        headers: {
          ...headers,
          "retry-after": String(Math.ceil(waitMs / 1000)),
          "retry-after-ms": String(Math.ceil(waitMs)),
        },
      },
    );
  }
}

/** The provider's duration text: "120ms", "1s", "6m0s". */
function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.ceil(milliseconds))}ms`;
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
