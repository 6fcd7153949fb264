import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { formatMoney, parseMoney, scaleMoney } from "./money";
import { type RunningSandbox, startSandbox } from "./server";
import { at, type BucketPage, call, control, type CostResult, testNow, type UsageResult } from "./testing/client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
beforeEach(() => control(sandbox, "reset", {}));
afterAll(() => sandbox.close());

type Costs = BucketPage<CostResult>;
type Usage = BucketPage<UsageResult>;
const day = at("2026-11-12T00:00:00Z");

async function costsOf(date: number, projectId?: string): Promise<bigint> {
  const filter = projectId === undefined ? "" : `&project_ids=${projectId}`;
  const { data } = await call<Costs>(sandbox, `/organization/costs?start_time=${date}&limit=1${filter}`);
  return parseMoney(String(data.data[0]?.results[0]?.amount.value ?? "0"));
}

async function requestsOf(start: number, width: string): Promise<number> {
  const { data } = await call<Usage>(
    sandbox,
    `/organization/usage/completions?start_time=${start}&limit=1&bucket_width=${width}`,
  );
  return Number(data.data[0]?.results[0]?.num_model_requests ?? 0);
}

describe("the same seed and clock", () => {
  it("give the same answers in another process; another seed does not", async () => {
    const [twin, stranger] = await Promise.all([
      startSandbox({ now: testNow }),
      startSandbox({ now: testNow, seed: 2 }),
    ]);
    try {
      for (const path of [
        `/organization/usage/completions?start_time=${day}&bucket_width=1h&limit=48&group_by=api_key_id&group_by=model`,
        `/organization/costs?start_time=${day}&limit=9&group_by=project_id&group_by=line_item`,
        "/organization/projects?limit=100&include_archived=true",
        "/organization/users?limit=100",
      ]) {
        const mine = await call(sandbox, path);
        expect((await call(twin, path)).data).toEqual(mine.data);
        expect((await call(stranger, path)).data).not.toEqual(mine.data);
      }
    } finally {
      await Promise.all([twin.close(), stranger.close()]);
    }
  });

  it("give the same history a week later and with less history", async () => {
    const later = await startSandbox({ now: "2026-11-27T10:00:00Z", historyDays: 90 });
    try {
      const path = `/organization/costs?start_time=${at("2026-10-01T00:00:00Z")}&limit=40&group_by=api_key_id`;
      expect((await call(later, path)).data).toEqual((await call(sandbox, path)).data);
      const old = await call<Costs>(later, `/organization/costs?start_time=${at("2026-08-01T00:00:00Z")}&limit=1`);
      expect(old.data.data[0]?.results).toEqual([]);
    } finally {
      await later.close();
    }
  });
});

describe("the clock", () => {
  it("lets today and this hour grow, and leaves yesterday alone", async () => {
    const today = at("2026-11-20T00:00:00Z");
    const hour = at("2026-11-20T15:00:00Z");
    const yesterday = await costsOf(today - 86_400);
    let [money, calls] = [await costsOf(today), await requestsOf(hour, "1h")];
    for (let step = 0; step < 4; step += 1) {
      await control(sandbox, "clock", { advanceSeconds: 420 });
      const [nextMoney, nextCalls] = [await costsOf(today), await requestsOf(hour, "1h")];
      expect(nextMoney).toBeGreaterThan(money);
      expect(nextCalls).toBeGreaterThan(calls);
      [money, calls] = [nextMoney, nextCalls];
    }
    expect(await costsOf(today - 86_400)).toBe(yesterday);
  });

  it("can be set", async () => {
    expect(await control(sandbox, "clock", { now: "2026-11-25T00:00:00Z" })).toMatchObject({
      iso: "2026-11-25T00:00:00.000Z",
    });
    expect(await costsOf(at("2026-11-24T00:00:00Z"))).toBeGreaterThan(0n);
  });
});

describe("restatements", () => {
  it("scale a day's costs down and up, exactly, and leave its neighbours", async () => {
    const [before, neighbour] = [await costsOf(day), await costsOf(day + 86_400)];
    await control(sandbox, "restate", { day: "2026-11-12", delta: "-120.000000000000000000000000000007" });
    expect(formatMoney(await costsOf(day))).toBe(
      formatMoney(before - parseMoney("120.000000000000000000000000000007")),
    );
    await control(sandbox, "restate", { day: "2026-11-12", factor: "2" });
    expect(await costsOf(day)).toBe(scaleMoney(before - parseMoney("120.000000000000000000000000000007"), "2"));
    expect(await costsOf(day + 86_400)).toBe(neighbour);
  });

  it("can be limited to one project, and can remove rows", async () => {
    const org = sandbox.control.organizations.bySlug("acme");
    const [first, second] = [org?.projects[1]?.id ?? "", org?.projects[2]?.id ?? ""];
    const untouched = await costsOf(day, second);
    expect(await costsOf(day, first)).toBeGreaterThan(0n);
    await control(sandbox, "restate", { day: "2026-11-12", projectId: first, remove: true });
    expect(await costsOf(day, first)).toBe(0n);
    expect(await costsOf(day, second)).toBe(untouched);
  });

  it("of usage move the costs as well", async () => {
    const [money, calls] = [await costsOf(day), await requestsOf(day, "1d")];
    await control(sandbox, "restate", { day: "2026-11-12", target: "usage", factor: "0.5" });
    expect(await costsOf(day)).toBeLessThan(money);
    expect(await requestsOf(day, "1d")).toBeLessThan(calls * 0.6);
  });
});

describe("a deleted key", () => {
  it("falls silent from that moment and keeps its history", async () => {
    const org = sandbox.control.organizations.bySlug("acme");
    const key = org?.apiKeys.find((item) => item.name === "vision-prod");
    const path = (start: string) =>
      `/organization/usage/completions?start_time=${at(start)}&bucket_width=1d&limit=1&api_key_ids=${key?.id}`;
    const today = await call<Usage>(sandbox, path("2026-11-20T00:00:00Z"));
    expect(
      (await call(sandbox, `/organization/projects/${key?.projectId}/api_keys/${key?.id}`, { method: "DELETE" }))
        .status,
    ).toBe(200);
    await control(sandbox, "clock", { now: "2026-11-22T12:00:00Z" });
    expect((await call<Usage>(sandbox, path("2026-11-20T00:00:00Z"))).data.data).toEqual(today.data.data);
    expect((await call<Usage>(sandbox, path("2026-11-21T00:00:00Z"))).data.data[0]?.results).toEqual([]);
  });
});

describe("an organization of scale 16", () => {
  it("has about sixteen times the facts and still the same rules", async () => {
    const large = await startSandbox({ now: testNow, scale: 16 });
    try {
      const path = `/organization/usage/completions?start_time=${day}&bucket_width=1h&limit=24&group_by=project_id&group_by=api_key_id&group_by=model&group_by=service_tier`;
      const count = async (server: RunningSandbox) =>
        (await call<Usage>(server, path)).data.data.flatMap((bucket) => bucket.results).length;
      const ratio = (await count(large)) / (await count(sandbox));
      expect(ratio).toBeGreaterThan(11);
      expect(ratio).toBeLessThan(21);
    } finally {
      await large.close();
    }
  });
});
