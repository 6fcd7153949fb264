import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import type { StatsReport } from "./stats";
import { at, call, control, testNow } from "./testing/client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
beforeEach(() => control(sandbox, "reset", {}));
afterAll(() => sandbox.close());

const projects = "/organization/projects";
const costs = `/organization/costs?start_time=${at("2026-11-01T00:00:00Z")}&limit=20&group_by=line_item`;

describe("faults", () => {
  it("429 for the next calls, then none", async () => {
    await control(sandbox, "faults", { rate429: { count: 2, retryAfterSeconds: 7 } });
    const first = await call(sandbox, projects);
    expect(first).toMatchObject({ status: 429, data: { error: { code: "rate_limit_exceeded", type: "requests" } } });
    expect(first.headers.get("retry-after")).toBe("7");
    expect((await call(sandbox, projects)).status).toBe(429);
    expect((await call(sandbox, projects)).status).toBe(200);
  });

  it("429 that must not be retried carries its own code and no Retry-After", async () => {
    await control(sandbox, "faults", { rate429: { count: 1, retryAfterSeconds: null, code: "insufficient_quota" } });
    const answer = await call(sandbox, projects);
    expect(answer).toMatchObject({
      status: 429,
      data: { error: { code: "insufficient_quota", type: "insufficient_quota" } },
    });
    expect(answer.headers.get("retry-after")).toBeNull();
  });

  it("5xx for every third call", async () => {
    await control(sandbox, "faults", { status5xx: { everyN: 3, status: 503 } });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index += 1) statuses.push((await call(sandbox, projects)).status);
    expect(statuses).toEqual([200, 200, 503, 200, 200, 503]);
  });

  it("strike only the calls they match", async () => {
    await control(sandbox, "faults", { match: "/organization/costs", status5xx: { everyN: 1 } });
    expect((await call(sandbox, projects)).status).toBe(200);
    expect((await call(sandbox, costs)).status).toBe(500);
  });

  it("a cut body is an error for the reader, not a short answer", async () => {
    await control(sandbox, "faults", { cutBody: { count: 1 } });
    await expect(call(sandbox, costs)).rejects.toThrow();
    expect((await call(sandbox, costs)).status).toBe(200);
  });

  it("a reset connection gives no answer", async () => {
    await control(sandbox, "faults", { resetConnection: { count: 1 } });
    await expect(call(sandbox, projects)).rejects.toThrow();
    expect((await call(sandbox, projects)).status).toBe(200);
  });

  it("latency delays the answer", async () => {
    await control(sandbox, "faults", { latencyMs: 120 });
    const startedAt = performance.now();
    await call(sandbox, projects);
    expect(performance.now() - startedAt).toBeGreaterThan(110);
  });
});

describe("pacing", () => {
  it("is a token bucket that says when to come back", async () => {
    await control(sandbox, "rate-limit", { perMinute: 600, burst: 3 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(sandbox, projects)));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused).toHaveLength(3);
    expect(refused[0]?.headers.get("x-ratelimit-limit-requests")).toBe("600");
    expect(refused[0]?.headers.get("x-ratelimit-remaining-requests")).toBe("0");
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await call(sandbox, projects)).status).toBe(200);
    await control(sandbox, "rate-limit", { perMinute: null });
    expect((await call(sandbox, projects)).headers.get("x-ratelimit-limit-requests")).toBeNull();
  });
});

describe("statistics", () => {
  it("count calls per path, refusals and the most calls at once", async () => {
    await control(sandbox, "faults", { latencyMs: 60, rate429: { count: 1 } });
    await Promise.all([call(sandbox, projects), call(sandbox, projects), call(sandbox, costs)]);
    const report = await control<StatsReport>(sandbox, "stats");
    expect(report.calls).toEqual({ "GET /v1/organization/projects": 2, "GET /v1/organization/costs": 1 });
    expect(report).toMatchObject({ total: 3, rateLimited: 1, concurrentPeak: 3 });
    await control(sandbox, "stats/reset", {});
    expect(await control<StatsReport>(sandbox, "stats")).toMatchObject({ total: 0, rateLimited: 0, calls: {} });
  });
});
