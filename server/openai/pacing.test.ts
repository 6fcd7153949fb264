import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLimiterPool } from "./limiter-pool";
import { createLimiter, type Limiter } from "./pacing";
import { withRetries } from "./retry";
import { ProviderError } from "./errors";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const policy = { attempts: 6, baseDelayMs: 1_000, maxDelayMs: 60_000, maxRetryAfterMs: 300_000 };
const latencyMs = 50;

type Allowance = { isAllowed: boolean; remaining: number; resetMs: number; retryAfterMs: number };

/** A bucket that refills all the time, as the provider describes its own. */
function bucketServer(perMinute: number, burst: number): () => Allowance {
  let tokens = burst;
  let at = Date.now();
  return () => {
    tokens = Math.min(burst, tokens + ((Date.now() - at) * perMinute) / 60_000);
    at = Date.now();
    const isAllowed = tokens >= 1;
    if (isAllowed) tokens -= 1;
    const resetMs = ((burst - tokens) * 60_000) / perMinute;
    return { isAllowed, remaining: Math.floor(tokens), resetMs, retryAfterMs: ((1 - tokens) * 60_000) / perMinute };
  };
}

/** The same, drained by somebody else before. */
function drainedServer(perMinute: number, burst: number) {
  const server = bucketServer(perMinute, burst);
  for (let call = 0; call < burst; call++) server();
  return server;
}

/** A window that opens all at once. */
function windowServer(perMinute: number): () => Allowance {
  const startedAt = Date.now();
  let window = 0;
  let used = 0;
  return () => {
    const current = Math.floor((Date.now() - startedAt) / 60_000);
    if (current !== window) used = 0;
    window = current;
    const isAllowed = used < perMinute;
    if (isAllowed) used += 1;
    const resetMs = startedAt + (window + 1) * 60_000 - Date.now();
    return { isAllowed, remaining: perMinute - used, resetMs, retryAfterMs: resetMs };
  };
}

type Run = { server: () => Allowance; calls: number; hasHeaders: boolean; limit: number };

/** Makes many calls at once through one limiter; counts refusals and the simulated seconds until all were served. */
async function run({ server, calls, hasHeaders, limit }: Run, limiter: Limiter = createLimiter({ now: Date.now })) {
  let refusals = 0;
  const startedAt = Date.now();
  const call = () =>
    limiter.run(async (turn) => {
      const answer = server();
      await new Promise((resolve) => setTimeout(resolve, latencyMs));
      const headers = new Headers();
      if (hasHeaders) {
        headers.set("x-ratelimit-limit-requests", String(limit));
        headers.set("x-ratelimit-remaining-requests", String(answer.remaining));
        headers.set("x-ratelimit-reset-requests", `${Math.ceil(answer.resetMs / 1_000)}s`);
      }
      limiter.observe(headers);
      if (answer.isAllowed) return;
      refusals += 1;
      const retryAfterMs = Math.ceil(answer.retryAfterMs / 1_000) * 1_000;
      turn.rejected(retryAfterMs);
      throw new ProviderError("rate_limit", { retryAfterMs });
    });
  const all = Promise.all(Array.from({ length: calls }, () => withRetries(call, policy)));
  await vi.runAllTimersAsync();
  await all;
  return { refusals, seconds: (Date.now() - startedAt) / 1_000 };
}

describe("a back-fill of 150 calls where 60 a minute are allowed", () => {
  it("meets next to no refusal when the headers tell the limit, and loses little time", async () => {
    const { refusals, seconds } = await run({ server: bucketServer(60, 60), calls: 150, hasHeaders: true, limit: 60 });
    expect(refusals).toBeLessThanOrEqual(2);
    expect(seconds).toBeLessThan(100);
  });

  it("learns from the first volley of refusals when there are no headers", async () => {
    const { refusals, seconds } = await run({ server: bucketServer(60, 60), calls: 150, hasHeaders: false, limit: 60 });
    expect(refusals).toBeLessThanOrEqual(8);
    expect(seconds).toBeLessThan(130);
  });

  it("waits for the next window where the limit is counted by windows", async () => {
    const told = await run({ server: windowServer(60), calls: 150, hasHeaders: true, limit: 60 });
    expect(told.refusals).toBeLessThanOrEqual(8);
    expect(told.seconds).toBeLessThan(190);
    const untold = await run({ server: windowServer(60), calls: 150, hasHeaders: false, limit: 60 });
    expect(untold.refusals).toBeLessThanOrEqual(12);
  });

  it("recovers from a limit that was used up before it began", async () => {
    const bucket = await run({ server: drainedServer(60, 60), calls: 60, hasHeaders: false, limit: 60 });
    expect(bucket.refusals).toBeLessThanOrEqual(12);
    expect(bucket.seconds).toBeLessThan(100);
    const server = windowServer(60);
    for (let call = 0; call < 60; call++) server();
    const window = await run({ server, calls: 60, hasHeaders: false, limit: 60 });
    expect(window.refusals).toBeLessThanOrEqual(4);
    expect(window.seconds).toBeLessThan(65);
  });

  it("keeps within a burst that is smaller than the limit", async () => {
    const { refusals, seconds } = await run({ server: bucketServer(60, 10), calls: 60, hasHeaders: true, limit: 60 });
    expect(refusals).toBeLessThanOrEqual(5);
    expect(seconds).toBeLessThan(90);
  });
});

describe("the limiter", () => {
  it("does not pace while nothing is known", async () => {
    const { refusals, seconds } = await run({
      server: bucketServer(1e6, 1e6),
      calls: 100,
      hasHeaders: false,
      limit: 0,
    });
    expect(refusals).toBe(0);
    expect(seconds).toBeCloseTo((100 / 4) * (latencyMs / 1_000), 1);
  });

  it("keeps at most so many calls under way", async () => {
    const limiter = createLimiter({ concurrency: 3, now: Date.now });
    let running = 0;
    let most = 0;
    const all = Array.from({ length: 20 }, () =>
      limiter.run(async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 10));
        running -= 1;
      }),
    );
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(most).toBe(3);
    expect(limiter.size).toBe(0);
  });

  it("pauses every call of the connection after one refusal, for as long as told", async () => {
    const limiter = createLimiter({ now: Date.now });
    await limiter.run(async (turn) => turn.rejected(30_000));
    const starts: number[] = [];
    const startedAt = Date.now();
    const all = [1, 2].map(() => limiter.run(async () => void starts.push(Date.now() - startedAt)));
    await vi.advanceTimersByTimeAsync(29_900);
    expect(starts).toEqual([]);
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(30_000);
  });

  it("does not sleep through a pause of hours, but says how long it is", async () => {
    const limiter = createLimiter({ now: Date.now });
    await limiter.run(async (turn) => turn.rejected(3_600_000));
    const call = vi.fn(async () => undefined);
    await expect(limiter.run(call)).rejects.toMatchObject({ kind: "rate_limit", retryAfterMs: 3_600_000 });
    expect(call).not.toHaveBeenCalled();
    vi.advanceTimersByTime(3_600_000);
    await limiter.run(call);
    expect(call).toHaveBeenCalledTimes(1);
  });

  it("gives up a wait at once when cancelled, in the queue and during a pause, and stays usable", async () => {
    const limiter = createLimiter({ concurrency: 1, now: Date.now });
    await limiter.run(async (turn) => turn.rejected(60_000));
    const controller = new AbortController();
    const task = vi.fn(async () => "done");
    const pausing = limiter.run(task, controller.signal);
    const queued = limiter.run(task, controller.signal);
    const outcomes = Promise.allSettled([pausing, queued]);
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    const settled = await outcomes;
    expect(settled.map((one) => one.status === "rejected" && one.reason.kind)).toEqual(["cancelled", "cancelled"]);
    expect(task).not.toHaveBeenCalled();
    const later = limiter.run(task);
    await vi.runAllTimersAsync();
    await expect(later).resolves.toBe("done");
  });

  it("frees the slot of a call that failed", async () => {
    const limiter = createLimiter({ concurrency: 1, now: Date.now });
    await expect(limiter.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(limiter.run(async () => 1)).resolves.toBe(1);
  });
});

describe("the pool", () => {
  it("gives one limiter to a connection and others to others, until it was idle for long", () => {
    const pool = createLimiterPool({ now: Date.now });
    const first = pool.forConnection("a");
    const second = pool.forConnection("b");
    expect(pool.forConnection("a")).toBe(first);
    expect(second).not.toBe(first);
    vi.advanceTimersByTime(9 * 60_000);
    expect(pool.forConnection("b"), "used since").toBe(second);
    vi.advanceTimersByTime(2 * 60_000);
    expect(pool.forConnection("b"), "still in use").toBe(second);
    expect(pool.forConnection("a"), "idle for eleven minutes").not.toBe(first);
  });
});
