import pRetry from "p-retry";
import { isProviderError, ProviderError } from "./errors";
import { longestPauseMs } from "./pacing";
import { sleep } from "./waiting";

export type RetryPolicy = {
  /** Calls in all, the first included. */
  attempts: number;
  /** Ceiling of the first wait; it doubles with each further one. */
  baseDelayMs: number;
  maxDelayMs: number;
  /** A longer wait asked for by the provider is not waited out here: the error says how long, the caller decides. */
  maxRetryAfterMs: number;
};

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 6,
  baseDelayMs: 1_000,
  maxDelayMs: 60_000,
  maxRetryAfterMs: longestPauseMs,
};

export type RetryOptions = {
  signal?: AbortSignal;
  random?: () => number;
};

/**
 * Repeats `attempt` after transient failures and rate limits: exponential back-off with full jitter, or as long as
 * the provider says. Every other failure, and an abort, ends it at once.
 */
export async function withRetries<T>(
  attempt: (attemptNumber: number) => Promise<T>,
  policy: RetryPolicy,
  { signal, random = Math.random }: RetryOptions = {},
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries: policy.attempts - 1,
      // The waiting is ours, in shouldRetry, because p-retry's delay cannot depend on the error.
      minTimeout: 0,
      signal,
      shouldRetry: async ({ error, attemptNumber }) => {
        const delay = retryDelayMs(error, attemptNumber, policy, random);
        if (delay === null) return false;
        await sleep(delay, signal);
        return true;
      },
    });
  } catch (error) {
    throw signal?.aborted ? new ProviderError("cancelled") : error;
  }
}

/** Milliseconds to wait before the next attempt, or null if there must be none. */
export function retryDelayMs(
  error: unknown,
  attemptNumber: number,
  policy: RetryPolicy,
  random: () => number,
): number | null {
  if (!isProviderError(error, "transient", "rate_limit")) return null;
  const told = error.retryAfterMs;
  if (told !== null) return told > policy.maxRetryAfterMs ? null : told;
  return random() * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attemptNumber - 1));
}
