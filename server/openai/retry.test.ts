import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ProviderError, type ProviderErrorKind } from "./errors";
import { defaultRetryPolicy as policy, retryDelayMs, withRetries } from "./retry";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Fails as the list says, then answers. */
const failing = (...kinds: ProviderErrorKind[]) => {
  const attempt = vi.fn(async () => {
    const kind = kinds.shift();
    if (kind) throw new ProviderError(kind);
    return "answer";
  });
  return attempt;
};

async function settle<T>(promise: Promise<T>) {
  const outcome = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await vi.runAllTimersAsync();
  return outcome;
}

describe("what is tried again", () => {
  it("transient failures and rate limits are, until there is an answer", async () => {
    const attempt = failing("transient", "rate_limit", "transient");
    expect(await settle(withRetries(attempt, policy))).toEqual({ value: "answer" });
    expect(attempt).toHaveBeenCalledTimes(4);
  });

  it.each(["auth", "permission", "quota", "bad_request", "cancelled"] as const)("%s is final", async (kind) => {
    const attempt = failing(kind);
    expect(await settle(withRetries(attempt, policy))).toMatchObject({ error: { kind } });
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("ends after six attempts with the last failure", async () => {
    const attempt = failing(...Array.from({ length: 9 }, () => "transient" as const));
    expect(await settle(withRetries(attempt, policy))).toMatchObject({ error: { kind: "transient" } });
    expect(attempt).toHaveBeenCalledTimes(6);
  });

  it("a bug is not", async () => {
    const attempt = vi.fn(() => Promise.reject(new TypeError("fetch failed")));
    expect(await settle(withRetries(attempt, policy))).toMatchObject({ error: expect.any(TypeError) });
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it("an abort ends the wait at once", async () => {
    const controller = new AbortController();
    const attempt = vi.fn(() => Promise.reject(new ProviderError("rate_limit", { retryAfterMs: 60_000 })));
    const outcome = withRetries(attempt, policy, { signal: controller.signal }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(500);
    controller.abort(new Error("reason"));
    expect(await outcome).toMatchObject({ kind: "cancelled" });
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});

describe("how long it waits", () => {
  it("as told, unless that is too long to wait here", () => {
    const told = (retryAfterMs: number) => new ProviderError("rate_limit", { retryAfterMs });
    expect(retryDelayMs(told(7_000), 1, policy, Math.random)).toBe(7_000);
    expect(retryDelayMs(told(policy.maxRetryAfterMs + 1), 1, policy, Math.random)).toBeNull();
  });

  it("otherwise somewhere below a ceiling that doubles up to a minute", () => {
    const ceiling = (attempt: number) => retryDelayMs(new ProviderError("transient"), attempt, policy, () => 1);
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(ceiling)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = retryDelayMs(new ProviderError("transient"), attempt, policy, () => random) ?? -1;
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(policy.maxDelayMs);
      }),
    );
  });
});
