import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { makeHistory } from "@/server/explore/testing/history";
import { ExportInput } from "@/server/exports/schema";
import { startExport } from "@/server/exports/start-export";
import { compareDecimals, multiplyDecimals, sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const range = { from: "2026-02-20", to: "2026-04-10" };
const march = { from: "2026-03-01", to: "2026-04-01" };
let org: TestOrg;

type Row = {
  day: string;
  project: string;
  key: string;
  cost: string;
  currency: string;
  tags: Record<string, string>;
  shares: Record<string, string>;
};

async function charges({ from, to } = range): Promise<Row[]> {
  const started = await startExport(org.access, ExportInput.parse({ format: "focus", from, to }));
  const rows: Record<string, string>[] = parse(await buffer(started.stream), { columns: true });
  await started.manifest;
  return rows.map((row) => ({
    day: row.ChargePeriodStart?.slice(0, 10) ?? "",
    project: row.SubAccountId ?? "",
    key: row.ResourceId ?? "",
    cost: row.BilledCost ?? "",
    currency: row.BillingCurrency ?? "",
    tags: JSON.parse(row.Tags || "{}"),
    shares: JSON.parse(row.x_CostCenters || "{}"),
  }));
}

beforeAll(async () => {
  org = await makeOrg();
  const { connectionIds } = await makeHistory(org, database.owner, range);
  await database.owner.query(
    `insert into directory_items (org_id, connection_id, kind, parent_id, id, name, data)
     values ($1, $2, 'api_key', 'proj_b', 'key_proj_b', 'Ben''s key', '{"owner":{"type":"user","user":{"id":"user-2"}}}')`,
    [org.id, connectionIds[0]],
  );
  const api = callAs(org.owner).allocation;
  const centerOf = async (name: string) =>
    (await api.createCostCenter({ org: org.slug, name, code: null })).costCenterId;
  const [research, sales] = [await centerOf("Research"), await centerOf("Sales")];
  const fixed = (...shares: [string, string][]) => ({
    method: "fixed" as const,
    shares: shares.map(([costCenterId, percent]) => ({ costCenterId, percent })),
  });
  const item = (kind: "project" | "user" | "api_key", itemId: string) => [{ kind, itemId }];
  const always = { org: org.slug, from: "2026-01-01", to: null };
  await api.setRule({ ...always, items: item("project", "proj_a"), rule: fixed([research, "100"]) });
  await api.setRule({ ...always, items: item("user", "user-2"), rule: fixed([sales, "60"], [research, "15"]) });
  await api.setRule({
    ...always,
    items: item("project", "proj_c"),
    rule: { method: "proportional", costCenterIds: [] },
  });
  await api.setTag({ ...always, items: item("project", "proj_b"), key: "team", value: "core" });
  await api.setTag({ ...always, items: item("project", "proj_b"), key: "env", value: "prod, eu" });
  await api.setTag({
    ...always,
    items: item("user", "user-2"),
    key: "team",
    value: "ben",
    from: "2026-03-10",
    to: "2026-03-20",
  });
});

describe("charges of FOCUS", () => {
  it("have the tags of their key, its owner and its project as they held on the day", async () => {
    const rows = (await charges()).filter(({ project }) => project === "proj_b");
    const ofKey = rows.filter(({ key }) => key === "key_proj_b");
    expect(ofKey.length).toBeGreaterThan(20);
    for (const { day, tags } of ofKey)
      expect(tags).toEqual({ env: "prod, eu", team: day >= "2026-03-10" && day < "2026-03-20" ? "ben" : "core" });
    const others = rows.filter(({ key }) => key === "");
    expect(others.length).toBeGreaterThan(0);
    for (const { tags } of others) expect(tags).toEqual({ env: "prod, eu", team: "core" });
  });

  it("name the cost center that bears them whole as a tag, and shares beside it", async () => {
    const rows = await charges();
    const of = (wanted: Partial<Row>) =>
      rows.filter(({ project, key }) => project === wanted.project && (wanted.key ?? key) === key);
    for (const { tags, shares } of of({ project: "proj_a" })) {
      expect(shares).toEqual({ Research: "1" });
      expect(tags).toEqual({ "tollkeeper/cost_center": "Research" });
    }
    for (const { tags, shares } of of({ project: "proj_b", key: "key_proj_b" })) {
      expect(shares).toEqual({ Sales: "0.6", Research: "0.15" });
      expect(tags).not.toHaveProperty("tollkeeper/cost_center");
    }
    for (const { shares } of of({ project: "" })) expect(shares).toEqual({});
  });

  it.each([
    ["of the month alone", march],
    ["of a longer export", range],
  ])("add up, share by share, to the month's chargeback: %s", async (_, asked) => {
    const rows = (await charges(asked)).filter(
      ({ day, currency }) => currency === "USD" && day >= march.from && day < march.to,
    );
    const { lines } = await callAs(org.owner).chargeback.get({ org: org.slug, month: "2026-03" });
    for (const { costCenter, billed } of lines) {
      if (!costCenter) continue;
      const parts = rows.map(({ cost, shares }) => multiplyDecimals(cost, shares[costCenter.name] ?? "0"));
      expect(compareDecimals(sumDecimals(parts), billed), costCenter.name).toBe(0);
      expect(compareDecimals(billed, "0")).not.toBe(0);
    }
  });
});
