import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { checkPrices } from "@/server/reconciliation/check-prices";
import type { PriceCheck, Ties } from "@/server/reconciliation/schema";
import { tieOut } from "@/server/reconciliation/tie-out";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { syncOnce } from "@/server/testing/sync";

useTestDatabase();

const range = { from: "2026-10-10", to: "2026-10-21" };
let provider: Provider;
let org: TestOrg;
let ties: Ties;
let check: PriceCheck;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  org = await makeOrg();
  const adminKey = "sk-admin-sandbox-acme-readonly";
  const connectionId = await makeConnection(org, { baseUrl: provider.url, adminKey, backfillDays: 12 });
  await syncOnce(org, { connectionId, now: provider.now });
  ties = await org.access.inScope((scope) => tieOut(scope, range, provider.now()));
  const openaiOrg = ties.organizations[0]?.openaiOrgId ?? "";
  check = await org.access.inScope((scope) => checkPrices(scope, { range, openaiOrg }, provider.now()));
}, 120_000);
afterAll(() => provider.close());

const truth = async (dimension: string) => Object.entries(await provider.costs(range.from, dimension));
const sum = (entries: [string, string][]) => sumDecimals(entries.map(([, amount]) => amount));

describe("every cut of the bill", () => {
  it.each([
    ["project", "project_id"],
    ["api_key", "api_key_id"],
    ["line_item", "line_item"],
  ] as const)("by %s ties to the total, with what is nobody's as the provider has it", async (by, dimension) => {
    const [organization] = ties.organizations;
    const cut = organization?.ties.find((tie) => tie.by === by);
    const given = await truth(dimension);
    expect(organization?.total).toBe(plainDecimal(sum(given)));
    expect(cut).toMatchObject({
      attributed: sum(given.filter(([key]) => key !== "")),
      nobody: sum(given.filter(([key]) => key === "")),
      notListed: "0",
    });
  });

  it("by person too, what its list lacks of the bill being told", async () => {
    const [organization] = ties.organizations;
    const cut = organization?.ties.find((tie) => tie.by === "user");
    const named = (await truth("user_id")).filter(([key]) => key !== "");
    expect(cut).toMatchObject({ attributed: sum(named), members: named.length });
    expect(sumDecimals([cut?.attributed ?? "", cut?.nobody ?? "", cut?.notListed ?? ""])).toBe(organization?.total);
  });
});

describe("usage at list prices beside the bill", () => {
  it("has every line of the bill, which add up to it", async () => {
    const given = await truth("line_item");
    expect(check.billed).toBe(sum(given));
    const lines = check.lines.flatMap(({ lineItem, billed }) => (lineItem ? [[lineItem, billed]] : []));
    expect(Object.fromEntries(lines)).toMatchObject(Object.fromEntries(given));
  });

  it("list prices, tiers and reasons add up to the bill", () => {
    const parts = [check.standardAmount, check.tierEffect, ...check.reasons.map(({ amount }) => amount)];
    expect(sumDecimals(parts)).toBe(check.billed);
  });

  it("counts what usage counts, and expects what is billed where the list has the price", () => {
    const line = check.lines.find(({ lineItem }) => lineItem === "gpt-6.2-sol, output_tokens");
    expect(line).toMatchObject({ difference: "0", reasons: [], noPrice: [], unpricedQuantity: "0" });
    expect(line?.listPrice).toEqual({ amount: "10", per: 1_000_000 });
  });

  it("gives the reason for lines that no usage counts", () => {
    const images = check.lines.find(({ lineItem }) => lineItem === "Image models");
    expect(images).toMatchObject({ expected: null, noPrice: ["kind"], reasons: [{ code: "no_price" }] });
  });

  it("today is not settled", () => {
    expect({ settled: check.settledDays, begun: check.begunDays }).toEqual({ settled: 10, begun: 11 });
  });

  it("an organization that is neither connected nor imported is not found", async () => {
    const asking = org.access.inScope((scope) => checkPrices(scope, { range, openaiOrg: "org-other" }));
    await expect(asking).rejects.toMatchObject({ code: "not_found" });
  });
});
