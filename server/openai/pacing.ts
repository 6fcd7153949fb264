import pLimit from "p-limit";
import { parseDuration, toCount } from "./durations";
import { ProviderError } from "./errors";
import { Pace } from "./pace";
import { orCancelled, sleep } from "./waiting";

/** Paces the calls of one connection: every client made for the connection should share one limiter. */
export type Limiter = {
  /**
   * Runs `call` when there is a free slot and the pace allows it. An abort ends the wait at once. While the provider
   * asks for a pause of more than five minutes, it fails with a "rate_limit" ProviderError that says how long.
   */
  run<T>(call: (turn: LimiterTurn) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Learns from the headers of a response, while its call is still running. */
  observe(headers: Headers): void;
  /** Calls that wait or run. */
  readonly size: number;
};

export type LimiterTurn = {
  /** To be told when the call got a 429: all calls of the connection pause. */
  rejected(retryAfterMs: number | null): void;
};

export type LimiterOptions = {
  /** Calls under way at once. */
  concurrency?: number;
  /** A monotonic clock in milliseconds. */
  now?: () => number;
};

/** How long a wait may last before the pace is asked again: it may have been told something new meanwhile. */
const longestNapMs = 1_000;

/** A longer pause is not waited out: a job that sleeps for a day looks like one that hangs. */
export const longestPauseMs = 5 * 60_000;

export function createLimiter({ concurrency = 4, now = () => performance.now() }: LimiterOptions = {}): Limiter {
  const slots = pLimit(concurrency);
  const pace = new Pace();

  async function takeTurn<T>(call: (turn: LimiterTurn) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (let delay = pace.delayMs(now()); delay > 0; delay = pace.delayMs(now())) {
      const pauseMs = pace.pauseMs(now());
      if (pauseMs > longestPauseMs) throw new ProviderError("rate_limit", { retryAfterMs: pauseMs });
      await sleep(Math.min(delay, longestNapMs), signal);
    }
    if (signal?.aborted) throw new ProviderError("cancelled");
    const startedAt = now();
    let wasAccepted = true;
    pace.start(startedAt);
    try {
      return await call({
        rejected: (retryAfterMs) => {
          wasAccepted = false;
          pace.rejected(now(), startedAt, retryAfterMs);
        },
      });
    } finally {
      pace.finish(now(), wasAccepted);
    }
  }

  return {
    run: (call, signal) =>
      orCancelled(
        slots(() => takeTurn(call, signal)),
        signal,
      ),
    observe: (headers) => pace.observe(now(), readRateHeaders(headers)),
    get size() {
      return slots.activeCount + slots.pendingCount;
    },
  };
}

function readRateHeaders(headers: Headers) {
  return {
    limit: toCount(headers.get("x-ratelimit-limit-requests")),
    remaining: toCount(headers.get("x-ratelimit-remaining-requests")),
    resetMs: parseDuration(headers.get("x-ratelimit-reset-requests")),
  };
}
