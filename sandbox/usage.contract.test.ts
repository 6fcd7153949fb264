import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endpoints, usageEndpoints } from "./generate/endpoints";
import { type RunningSandbox, startSandbox } from "./server";
import {
  allBuckets,
  at,
  type Bucket,
  type BucketPage,
  call,
  control,
  keys,
  testNow,
  type UsageResult,
} from "./testing/client";
import type { UsageTruth } from "./truth";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
afterAll(() => sandbox.close());

type Page = BucketPage<UsageResult>;
const usage = (endpoint: string, query: string) => `/organization/usage/${endpoint}?start_time=${query}`;
const monday = at("2026-11-16T00:00:00Z");

function total(buckets: Bucket<UsageResult>[], measure: string): number {
  return buckets.flatMap((bucket) => bucket.results).reduce((sum, result) => sum + Number(result[measure] ?? 0), 0);
}

describe("group_by", () => {
  const everyField = [
    "project_id",
    "user_id",
    "api_key_id",
    "model",
    "batch",
    "service_tier",
    "api_source",
    "size",
    "source",
    "context_level",
    "vector_store_id",
  ];

  it.each(usageEndpoints)("%s takes exactly its own fields", async (endpoint) => {
    const allowed: readonly string[] = endpoints[endpoint].groupBy;
    for (const field of everyField) {
      const { status, data } = await call(sandbox, usage(endpoint, `${monday}&limit=1&group_by[]=${field}`));
      expect([field, status]).toEqual([field, allowed.includes(field) ? 200 : 400]);
      if (status === 400)
        expect(data).toMatchObject({
          error: { type: "invalid_request_error", param: "group_by", code: "invalid_value" },
        });
    }
  });

  it("is written as group_by[]= or as repeated group_by=", async () => {
    const repeated = await call<Page>(
      sandbox,
      usage("completions", `${monday}&limit=2&group_by=model&group_by=project_id`),
    );
    const bracketed = await call<Page>(
      sandbox,
      usage("completions", `${monday}&limit=2&group_by[]=model&group_by[]=project_id`),
    );
    expect(bracketed.data).toEqual(repeated.data);
    expect((await call(sandbox, usage("completions", `${monday}&group_by=model,project_id`))).status).toBe(400);
  });

  it("absent, gives one result with every dimension null", async () => {
    const { data } = await call<Page>(sandbox, usage("completions", `${monday}&limit=1`));
    expect(data.data[0]?.results).toHaveLength(1);
    const result = data.data[0]?.results[0];
    for (const name of endpoints.completions.groupBy) expect(result?.[name]).toBeNull();
  });

  it("splits into rows that come to the same total, whatever the fields", async () => {
    const range = `${monday}&end_time=${at("2026-11-20T00:00:00Z")}`;
    const whole = await allBuckets<UsageResult>(sandbox, usage("completions", range));
    for (const fields of [
      ["model"],
      ["project_id", "user_id"],
      ["project_id", "user_id", "api_key_id", "model", "batch", "service_tier", "api_source"],
    ]) {
      const split = await allBuckets<UsageResult>(
        sandbox,
        usage("completions", range + fields.map((name) => `&group_by=${name}`).join("")),
      );
      for (const { name } of endpoints.completions.measures)
        expect([name, total(split, name)]).toEqual([name, total(whole, name)]);
    }
  });

  it("keeps unattributed usage as rows with null", async () => {
    const { data } = await call<Page>(
      sandbox,
      usage("completions", `${monday}&limit=3&group_by=project_id&group_by=api_key_id`),
    );
    const rows = data.data.flatMap((bucket) => bucket.results);
    expect(rows.some((row) => row.project_id === null)).toBe(true);
    expect(rows.some((row) => row.project_id !== null && row.api_key_id === null)).toBe(true);
  });
});

describe("buckets", () => {
  it.each([
    ["1m", 60, 60, 1440],
    ["1h", 3600, 24, 168],
    ["1d", 86_400, 7, 31],
  ])("%s: default and largest number per page", async (width, seconds, fallback, max) => {
    const start = at("2026-09-01T00:00:00Z");
    const page = await call<Page>(sandbox, usage("moderations", `${start}&bucket_width=${width}`));
    expect(page.data.data).toHaveLength(fallback);
    expect(page.data.data[1]?.start_time).toBe(start + seconds);
    expect(
      (await call<Page>(sandbox, usage("moderations", `${start}&bucket_width=${width}&limit=${max}`))).status,
    ).toBe(200);
    for (const limit of [0, max + 1]) {
      const refused = await call(sandbox, usage("moderations", `${start}&bucket_width=${width}&limit=${limit}`));
      expect([limit, refused.status]).toEqual([limit, 400]);
    }
  });

  it("add up exactly over the three widths, today's unfinished day included", async () => {
    for (const endpoint of ["completions", "images", "web_search_calls"]) {
      const range = `${at("2026-11-20T00:00:00Z")}&end_time=${at("2026-11-21T00:00:00Z")}&group_by=model`;
      const [days, hours, minutes] = await Promise.all(
        [`${range}&bucket_width=1d`, `${range}&bucket_width=1h`, `${range}&bucket_width=1m&limit=1440`].map((query) =>
          allBuckets<UsageResult>(sandbox, usage(endpoint, query)),
        ),
      );
      const { measures } = endpoints[endpoint as keyof typeof endpoints];
      for (const { name } of measures) {
        expect(total(days ?? [], name)).toBeGreaterThanOrEqual(0);
        expect([name, total(hours ?? [], name), total(minutes ?? [], name)]).toEqual([
          name,
          total(days ?? [], name),
          total(days ?? [], name),
        ]);
      }
      expect(total(days ?? [], "num_model_requests")).toBeGreaterThan(0);
    }
  });

  it("stop before end_time and follow one another without gap over pages", async () => {
    const end = monday + 50 * 3600;
    const buckets = await allBuckets<UsageResult>(
      sandbox,
      usage("completions", `${monday}&end_time=${end}&bucket_width=1h&limit=7`),
    );
    expect(buckets.map((bucket) => bucket.start_time)).toEqual(
      Array.from({ length: 50 }, (_, index) => monday + index * 3600),
    );
    expect(buckets.at(-1)?.end_time).toBe(end);
  });

  it("are empty, not missing, before the organization existed and in the future", async () => {
    const { data } = await call<Page>(sandbox, usage("completions", `${at("2019-01-01T00:00:00Z")}&limit=2`));
    expect(data.data.map((bucket) => bucket.results)).toEqual([[], []]);
    const future = await call<Page>(
      sandbox,
      usage("completions", `${at("2026-12-24T00:00:00Z")}&end_time=${at("2026-12-26T00:00:00Z")}`),
    );
    expect(future.data.data.map((bucket) => bucket.results)).toEqual([[], []]);
  });

  it("of the empty organization hold nothing", async () => {
    const { data } = await call<Page>(sandbox, usage("completions", `${monday}&limit=4`), { key: keys.empty });
    expect(data.data.map((bucket) => bucket.results)).toEqual([[], [], [], []]);
  });

  it("need a start_time and a known page", async () => {
    expect((await call(sandbox, "/organization/usage/completions")).status).toBe(400);
    expect((await call(sandbox, usage("completions", `${monday}&page=page_nonsense`))).status).toBe(400);
  });
});

describe("filters", () => {
  it("narrow down to the same rows that grouping shows", async () => {
    const grouped = await call<Page>(sandbox, usage("completions", `${monday}&limit=1&group_by=project_id`));
    const row = grouped.data.data[0]?.results.find((result) => result.project_id !== null);
    const filtered = await call<Page>(
      sandbox,
      usage("completions", `${monday}&limit=1&project_ids[]=${row?.project_id}`),
    );
    expect(filtered.data.data[0]?.results[0]?.input_tokens).toBe(row?.input_tokens);
  });

  it("by batch split the usage in two", async () => {
    const read = async (query: string) =>
      total(
        (await call<Page>(sandbox, usage("completions", `${monday}&limit=2${query}`))).data.data,
        "num_model_requests",
      );
    const [all, batch, rest] = [await read(""), await read("&batch=true"), await read("&batch=false")];
    expect(batch).toBeGreaterThan(0);
    expect(batch + rest).toBe(all);
  });

  it("refuse values outside a closed list", async () => {
    expect((await call(sandbox, usage("images", `${monday}&sizes=7x7`))).status).toBe(400);
    expect((await call(sandbox, usage("vector_stores", `${monday}&models=gpt-6-luna`))).status).toBe(400);
  });
});

describe("odd data", () => {
  it("can null an endpoint's dimensions and rename a model, without changing totals", async () => {
    const query = usage("completions", `${monday}&limit=2&group_by=model`);
    const plain = await call<Page>(sandbox, query);
    await control(sandbox, "switches", { unknownModel: true });
    const renamed = await call<Page>(sandbox, query);
    expect(renamed.data.data[0]?.results.map((row) => row.model)).toContain("gpt-7-preview-0001");
    await control(sandbox, "switches", { nullDimensionsFor: ["completions"] });
    const nulled = await call<Page>(sandbox, query);
    expect(nulled.data.data.map((bucket) => bucket.results.map((row) => row.model))).toEqual([[null], [null]]);
    for (const other of [renamed, nulled])
      expect(total(other.data.data, "input_tokens")).toBe(total(plain.data.data, "input_tokens"));
    await control(sandbox, "switches", { unknownModel: false, nullDimensionsFor: [] });
  });
});

describe("truth", () => {
  it.each(usageEndpoints)("of %s equals the sum of the API's pages", async (endpoint) => {
    const [from, to] = [at("2026-10-27T05:00:00Z"), at("2026-11-20T15:00:00Z")];
    const groupBy = endpoints[endpoint].groupBy[0];
    const buckets = await allBuckets<UsageResult>(
      sandbox,
      usage(endpoint, `${from}&end_time=${to}&bucket_width=1h&limit=168&group_by=${groupBy}`),
    );
    const { data } = await control<{ data: UsageTruth[] }>(
      sandbox,
      `truth/usage?endpoint=${endpoint}&from=${from}&to=${to}&group_by=${groupBy}`,
    );
    expect(data.length).toBeGreaterThan(0);
    for (const truth of data) {
      const mine = buckets.map((bucket) => ({
        ...bucket,
        results: bucket.results.filter((row) => row[groupBy ?? ""] === truth.group[groupBy ?? ""]),
      }));
      for (const [name, value] of Object.entries(truth.measures))
        expect([name, total(mine, name)]).toEqual([name, value]);
    }
  });
});
