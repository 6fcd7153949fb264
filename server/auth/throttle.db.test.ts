import { afterAll, describe, expect, it } from "vitest";
import { throttle } from "@/server/auth/throttle";
import { closeThrottle, throttleInRedis } from "@/server/auth/throttle-redis";
import { throttleInDatabase } from "@/server/auth/throttle.sql";
import { useTestDatabase } from "@/server/testing/database";

const redisUrl = process.env.TEST_REDIS_URL;
if (!redisUrl) throw new Error("TEST_REDIS_URL is not set: run `npm test -- --only db`, which starts a Redis.");

useTestDatabase();
afterAll(closeThrottle);

const WINDOW_MS = 700;
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const backends = [
  ["PostgreSQL", throttleInDatabase],
  ["Redis", (bucket: string, max: number, ms: number) => throttleInRedis(redisUrl, bucket, max, ms)],
] as const;

describe.each(backends)("the sliding window in %s", (name, attempt) => {
  const bucket = (test: string) => `${name}:${test}:${Date.now()}`;

  it("lets exactly as many through as are allowed, however many come at once", async () => {
    const at = bucket("crowd");
    const waits = await Promise.all(Array.from({ length: 50 }, () => attempt(at, 10, 60_000)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it("says how long to wait, and lets in who waited", async () => {
    const at = bucket("wait");
    expect(await attempt(at, 1, WINDOW_MS)).toBe(0);
    const wait = await attempt(at, 1, WINDOW_MS);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(WINDOW_MS);
    await later(wait + 50);
    expect(await attempt(at, 1, WINDOW_MS)).toBe(0);
  });

  it("does not count what it refused: attempts without end do not lock anybody out for ever", async () => {
    const at = bucket("refused");
    await attempt(at, 1, WINDOW_MS);
    for (let n = 0; n < 5; n++) await attempt(at, 1, WINDOW_MS);
    await later(WINDOW_MS + 50);
    expect(await attempt(at, 1, WINDOW_MS)).toBe(0);
  });

  it("keeps buckets apart", async () => {
    expect(await attempt(bucket("one"), 1, 60_000)).toBe(0);
    expect(await attempt(bucket("other"), 1, 60_000)).toBe(0);
  });
});

it("refuses with the seconds to wait", async () => {
  const limit = { name: "test", max: 1, windowSeconds: 60 };
  await throttle({ limit, subject: "a" });
  await throttle({ limit, subject: "b" });
  await expect(throttle({ limit, subject: "a" })).rejects.toMatchObject({
    code: "limit",
    reason: "too_many_attempts",
    retryAfterSeconds: expect.any(Number),
  });
});
