import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "@/sandbox/server";
import { withAcceptedGrouping } from "./accepted-grouping";
import { createProviderClient, type ProviderClient } from "./client";
import { type CostsQuery, readCosts, readUsage, type UsageQuery } from "./pages";
import type { CostRow, UsageRow } from "./rows";
import { costGroupings, maxBucketsPerPage, type UsageEndpoint, usageStream, usageStreams } from "./streams";
import { collectBuckets } from "./testing/collect-buckets";
import { atOnce } from "./testing/local-provider";

const day = 86_400;
const now = Date.parse("2026-11-20T12:00:00Z") / 1_000;
const startTime = Date.parse("2026-11-10T00:00:00Z") / 1_000;
const endTime = startTime + 5 * day;
const [finestCosts] = costGroupings.primary;

let sandbox: RunningSandbox;
let client: ProviderClient;

beforeAll(async () => {
  sandbox = await startSandbox({ now });
  client = createProviderClient({ adminKey: "sk-admin-sandbox-acme-readwrite", baseUrl: sandbox.url, retry: atOnce });
});
afterEach(() => sandbox.control.reset());
afterAll(() => sandbox.close());

const costsOf = (query: CostsQuery) => collectBuckets<CostRow>((sink) => readCosts(client, query, sink));
const usageOf = (query: UsageQuery) => collectBuckets<UsageRow>((sink) => readUsage(client, query, sink));
const oneBucket = (start: number) => ({ startTime: start, endTime: start + day, limit: 1 });

const costs = (limit = 5) => costsOf({ startTime, endTime, limit, groupBy: finestCosts });

describe("costs", () => {
  it("come with every day of the range, dimensions and exact amounts", async () => {
    const buckets = await costs();
    expect(buckets.map((bucket) => bucket.startTime)).toEqual([0, 1, 2, 3, 4].map((days) => startTime + days * day));
    const rows = buckets.flatMap((bucket) => bucket.results);
    expect(buckets.flatMap((bucket) => bucket.skipped)).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) expect(row.amount).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
    expect(rows.some((row) => row.dimensions.api_key_id !== null && row.dimensions.line_item !== null)).toBe(true);
    expect(rows[0]).toMatchObject({ currency: "usd" });
  });

  it("are the same as decimal texts and as JSON numbers, which the sandbox itself rounds to doubles", async () => {
    const rounded = async () =>
      (await costs()).map((bucket) => bucket.results.map((row) => ({ ...row, amount: Number(row.amount) })));
    const asTexts = await rounded();
    sandbox.control.switches.money = "number";
    expect(await rounded()).toEqual(asTexts);
  });

  it("are the same in one page and bucket by bucket", async () => {
    const once = await costs(5);
    const before = sandbox.control.stats.report().total;
    expect(await costs(1)).toEqual(once);
    expect(sandbox.control.stats.report().total - before).toBe(5);
  });

  it("fill the largest page the provider allows", async () => {
    const before = sandbox.control.stats.report().total;
    const buckets = await costsOf({
      startTime: startTime - 179 * day,
      endTime: startTime + day,
      limit: maxBucketsPerPage.costs,
      groupBy: ["project_id"],
    });
    expect(buckets).toHaveLength(180);
    expect(sandbox.control.stats.report().total - before).toBe(1);
  });

  it("fall back to the grouping that the organization accepts, and say so when there is none", async () => {
    sandbox.control.switches.refuseCostsByKeyAndUser = true;
    const ask = (groupings: typeof costGroupings.primary | typeof costGroupings.byUser) =>
      withAcceptedGrouping<(typeof groupings)[number], unknown>(groupings, (groupBy) =>
        costsOf({ ...oneBucket(startTime), groupBy }),
      );
    expect((await ask(costGroupings.primary)).grouping).toEqual(["project_id", "line_item"]);
    await expect(ask(costGroupings.byUser)).rejects.toMatchObject({
      kind: "bad_request",
      status: 400,
      param: "group_by",
    });
  });

  it("by user are accepted where grouping by user alone is", async () => {
    const [byUser] = costGroupings.byUser;
    const [bucket] = await costsOf({ ...oneBucket(startTime), groupBy: byUser });
    expect(bucket?.results.some((row) => row.dimensions.user_id !== null)).toBe(true);
  });

  it("keep a row in another currency apart", async () => {
    sandbox.control.switches.foreignCurrency = true;
    const rows = (await costs()).flatMap((bucket) => bucket.results);
    expect(new Set(rows.map((row) => row.currency)).size).toBe(2);
  });
});

describe("usage", () => {
  describe.each(Object.keys(usageStreams) as UsageEndpoint[])("of %s", (endpoint) => {
    const { groupings, measures } = usageStream(endpoint);
    const [finest = []] = groupings;

    it.each(["1d", "1h"] as const)("in buckets of %s has only fields this table knows", async (bucketWidth) => {
      const seconds = bucketWidth === "1d" ? day : 3_600;
      const limit = maxBucketsPerPage.usage[bucketWidth];
      const end = now - (now % seconds);
      const range = { startTime: end - limit * seconds, endTime: end, limit };
      const buckets = await usageOf({ ...range, endpoint, bucketWidth, groupBy: finest });
      expect(buckets).toHaveLength(limit);
      const rows = buckets.flatMap((bucket) => bucket.results);
      expect(buckets.flatMap((bucket) => bucket.skipped)).toEqual([]);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map((row) => row.extra).filter((extra) => extra !== null)).toEqual([]);
      for (const name of finest) expect(rows.some((row) => row.dimensions[name] !== null)).toBe(true);
      const total = (name: (typeof measures)[number]) => rows.reduce((sum, row) => sum + (row.measures[name] ?? 0), 0);
      expect(total(measures[0] ?? "num_requests")).toBeGreaterThan(0);
    });

    it.each(groupings.map((groupBy) => [groupBy]))("is accepted grouped by %j", async (groupBy) => {
      expect(await usageOf({ ...oneBucket(startTime), endpoint, bucketWidth: "1d", groupBy })).toHaveLength(1);
    });
  });

  it("keeps fields that are new, and dimensions that came back empty", async () => {
    sandbox.control.switches.extraFields = true;
    sandbox.control.switches.nullDimensionsFor = ["embeddings"];
    const query = {
      endpoint: "embeddings",
      bucketWidth: "1d",
      groupBy: ["project_id", "model"],
      startTime,
      endTime: startTime + 2 * day,
      limit: 2,
    } as const;
    const rows = (await usageOf(query)).flatMap((bucket) => bucket.results);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.extra).not.toBeNull();
      expect(row.dimensions).toMatchObject({ project_id: null, model: null });
    }
  });
});

describe("faults on the way", () => {
  const read = () =>
    usageOf({ endpoint: "completions", bucketWidth: "1d", groupBy: ["model"], startTime, endTime, limit: 2 });

  it.each([
    ["a cut body", { cutBody: { count: 2 } }],
    ["a reset connection", { resetConnection: { count: 2 } }],
    ["a server error", { status5xx: { count: 2, status: 503 } }],
    ["a rate limit", { rate429: { count: 1, retryAfterSeconds: 1 } }],
    ["all of it", { cutBody: { everyN: 4 }, status5xx: { everyN: 3 } }],
  ])("%s leaves no trace in what was read", async (_name, plan) => {
    const calm = await read();
    sandbox.control.faults.set(plan);
    expect(await read()).toEqual(calm);
  });

  it("a spent budget is not asked again", async () => {
    sandbox.control.faults.set({ rate429: { count: 9, code: "insufficient_quota" } });
    await expect(read()).rejects.toMatchObject({ kind: "quota", code: "insufficient_quota" });
    expect(sandbox.control.stats.report().rateLimited).toBe(1);
  });
});

describe("a back-fill against a paced organization", () => {
  it("meets no more than a handful of refusals, and never more than four calls at once", async () => {
    sandbox.control.pacing.set({ perMinute: 1_500, burst: 40 });
    const windows = Array.from({ length: 120 }, (_, index) => startTime - index * day);
    const pages = await Promise.all(windows.map((start) => costsOf({ ...oneBucket(start), groupBy: ["project_id"] })));
    expect(pages.map(([bucket]) => bucket?.startTime)).toEqual(windows);
    const { rateLimited, concurrentPeak } = sandbox.control.stats.report();
    expect(rateLimited).toBeLessThanOrEqual(5);
    expect(concurrentPeak).toBeLessThanOrEqual(4);
  });
});
