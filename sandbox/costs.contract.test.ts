import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatMoney, parseMoney } from "./money";
import { type RunningSandbox, startSandbox } from "./server";
import {
  allBuckets,
  at,
  type Bucket,
  type BucketPage,
  call,
  control,
  type CostResult,
  keys,
  testNow,
} from "./testing/client";
import type { CostTruth } from "./truth";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: testNow });
});
afterAll(() => sandbox.close());

type Page = BucketPage<CostResult>;
const costs = (query: string) => `/organization/costs?start_time=${query}`;
const start = at("2025-12-01T00:00:00Z");
const grouped = (...fields: string[]) => fields.map((field) => `&group_by[]=${field}`).join("");

/** Exact, to the last of 30 decimals. */
function total(buckets: Bucket<CostResult>[]): string {
  return formatMoney(
    buckets.flatMap((bucket) => bucket.results).reduce((sum, row) => sum + parseMoney(String(row.amount.value)), 0n),
  );
}

describe("amounts", () => {
  it("are decimal strings with 30 decimals, or numbers when told so", async () => {
    const text = await call<Page>(sandbox, costs(`${start}&limit=1`));
    expect(text.data.data[0]?.results[0]?.amount.value).toMatch(/^\d+\.\d{30}$/);
    await control(sandbox, "money", { format: "number" });
    const number = await call<Page>(sandbox, costs(`${start}&limit=1`));
    expect(number.data.data[0]?.results[0]?.amount).toEqual({ value: expect.any(Number), currency: "usd" });
    await control(sandbox, "money", { format: "string" });
  });

  it("come to the same money to the last digit, whatever the grouping", async () => {
    await control(sandbox, "switches", { refuseCostsByUserAndProject: false });
    const range = `${start}&limit=180`;
    const whole = total(await allBuckets<CostResult>(sandbox, costs(range)));
    const groupings = [
      ["project_id"],
      ["line_item"],
      ["project_id", "line_item"],
      ["api_key_id"],
      ["user_id", "project_id"],
      ["project_id", "line_item", "api_key_id", "user_id", "api_source"],
    ];
    for (const fields of groupings) {
      expect([fields, total(await allBuckets<CostResult>(sandbox, costs(range + grouped(...fields))))]).toEqual([
        fields,
        whole,
      ]);
    }
    await control(sandbox, "switches", { refuseCostsByUserAndProject: true });
  });

  it("equal the witness's truth per group", async () => {
    const [from, to] = [at("2026-10-15T00:00:00Z"), at("2026-11-21T00:00:00Z")];
    const buckets = await allBuckets<CostResult>(
      sandbox,
      costs(`${from}&end_time=${to}&limit=180${grouped("project_id")}`),
    );
    const { data } = await control<{ data: CostTruth[] }>(
      sandbox,
      `truth/costs?from=2026-10-15&to=2026-11-21&group_by=project_id`,
    );
    expect(data.length).toBeGreaterThan(8);
    for (const truth of data) {
      const mine = buckets.map((bucket) => ({
        ...bucket,
        results: bucket.results.filter((row) => row.project_id === truth.group.project_id),
      }));
      expect(total(mine)).toBe(truth.amount);
    }
  });

  it("are a believable monthly bill", async () => {
    const month = await allBuckets<CostResult>(
      sandbox,
      costs(`${at("2026-10-01T00:00:00Z")}&end_time=${at("2026-11-01T00:00:00Z")}&limit=31`),
    );
    const dollars = Number(total(month));
    expect(dollars).toBeGreaterThan(20_000);
    expect(dollars).toBeLessThan(60_000);
  });
});

describe("rows", () => {
  it("include credits, unattributed money and quantities with units by line item", async () => {
    const buckets = await allBuckets<CostResult>(
      sandbox,
      costs(`${start}&limit=180${grouped("project_id", "line_item")}`),
    );
    const rows = buckets.flatMap((bucket) => bucket.results);
    expect(rows.some((row) => String(row.amount.value).startsWith("-"))).toBe(true);
    expect(rows.some((row) => row.project_id === null && row.line_item?.includes("token"))).toBe(true);
    expect(rows.find((row) => row.line_item === "gpt-6-luna, input_tokens")?.quantity_unit).toBe("tokens");
    expect(rows.find((row) => row.line_item === "Image models")).toMatchObject({
      quantity: expect.any(Number),
      quantity_unit: "images",
    });
    expect(rows.every((row) => row.organization_name === "Acme Robotics")).toBe(true);
  });

  it("carry no quantity without line_item", async () => {
    const { data } = await call<Page>(sandbox, costs(`${start}&limit=2${grouped("project_id")}`));
    expect(
      data.data.flatMap((bucket) => bucket.results).every((row) => row.quantity === null && row.quantity_unit === null),
    ).toBe(true);
  });

  it("name keys that are no longer in the directory", async () => {
    const buckets = await allBuckets<CostResult>(sandbox, costs(`${start}&limit=180${grouped("api_key_id")}`));
    const org = sandbox.control.organizations.bySlug("acme");
    const known = new Set(org?.apiKeys.map((key) => key.id));
    const seen = new Set(buckets.flatMap((bucket) => bucket.results.flatMap((row) => row.api_key_id ?? [])));
    expect([...seen].filter((id) => !known.has(id)).length).toBeGreaterThanOrEqual(5);
  });
});

describe("rules", () => {
  it("7 buckets by default, 180 at most, days only", async () => {
    expect((await call<Page>(sandbox, costs(`${start}`))).data.data).toHaveLength(7);
    expect((await call<Page>(sandbox, costs(`${start}&limit=180`))).data.data).toHaveLength(180);
    for (const query of ["&limit=181", "&limit=0", "&bucket_width=1h", "&group_by=model"]) {
      expect([query, (await call(sandbox, costs(start + query))).status]).toEqual([query, 400]);
    }
  });

  it("user_id is refused beside project_id, as grouping and as filter", async () => {
    expect((await call(sandbox, costs(`${start}${grouped("user_id", "project_id")}`))).status).toBe(400);
    expect((await call(sandbox, costs(`${start}${grouped("user_id")}&project_ids=proj_x`))).status).toBe(400);
    expect((await call(sandbox, costs(`${start}${grouped("user_id")}`))).status).toBe(200);
    expect(
      (await call(sandbox, costs(`${start}${grouped("user_id", "project_id")}`), { key: keys.beacon })).status,
    ).toBe(200);
  });

  it("keys and users can be refused altogether", async () => {
    await control(sandbox, "switches", { refuseCostsByKeyAndUser: true });
    expect((await call(sandbox, costs(`${start}${grouped("api_key_id")}`))).status).toBe(400);
    expect((await call(sandbox, costs(`${start}${grouped("user_id")}`))).status).toBe(400);
    expect((await call(sandbox, costs(`${start}${grouped("project_id")}`))).status).toBe(200);
    await control(sandbox, "switches", { refuseCostsByKeyAndUser: false });
  });

  it("line_items filters by the exact name", async () => {
    const name = "gpt-4o-2024-08-06, output";
    const all = await call<Page>(sandbox, costs(`${start}&limit=3${grouped("line_item")}`));
    const one = await call<Page>(sandbox, costs(`${start}&limit=3&line_items[]=${encodeURIComponent(name)}`));
    const row = all.data.data[2]?.results.find((result) => result.line_item === name);
    expect(row).toBeDefined();
    expect(one.data.data[2]?.results[0]?.amount).toEqual(row?.amount);
  });

  it("odd data appears only when asked for", async () => {
    const query = costs(`${at("2026-11-10T00:00:00Z")}&limit=1${grouped("line_item")}`);
    const plain = JSON.stringify((await call(sandbox, query)).data);
    expect(plain).not.toMatch(/eur|gpt-7|invoice_hint/);
    await control(sandbox, "switches", { foreignCurrency: true, unknownModel: true, extraFields: true });
    const odd = JSON.stringify((await call(sandbox, query)).data);
    for (const sign of ['"eur"', "gpt-7-preview-0001, ", "invoice_hint"]) expect(odd).toContain(sign);
    await control(sandbox, "switches", { foreignCurrency: false, unknownModel: false, extraFields: false });
  });
});
