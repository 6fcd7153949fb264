import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { syncOnce } from "@/server/testing/sync";
import { getMemberModels } from "@/server/usage/member-models";
import { getTrends } from "@/server/usage/trends";

useTestDatabase();

const range = { from: "2026-10-08", to: "2026-10-21" };
let provider: Provider;
let org: TestOrg;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  org = await makeOrg();
  const adminKey = "sk-admin-sandbox-acme-readonly";
  const connectionId = await makeConnection(org, { baseUrl: provider.url, adminKey, backfillDays: 10 });
  await syncOnce(org, { connectionId, now: provider.now });
}, 120_000);
afterAll(() => provider.close());

/** The two that cost most. */
const leaders = async (dimension: string) =>
  Object.entries(await provider.costs("2026-10-11", dimension))
    .filter(([key]) => key !== "")
    .toSorted(([, a], [, b]) => Number(b) - Number(a))
    .slice(0, 2);

const known = (values: readonly (string | null)[]) => values.filter((value) => value !== null);

describe("trends of several members", () => {
  it("have the spend of each, and counts of the same days; what nobody fetched is no zero", async () => {
    const [first = ["", ""], second = ["", ""]] = await leaders("api_key_id");
    const keys = [first[0], second[0]];
    const { days, members, values } = await org.access.inScope((scope) =>
      getTrends(scope, { dimension: "api_key", keys, range }, provider.now()),
    );
    expect(members.map(({ key }) => key)).toEqual(keys);
    expect(values.cost.map((own) => plainDecimal(sumDecimals(known(own))))).toEqual([first[1], second[1]]);
    const unknown = days.indexOf("2026-10-09");
    for (const measure of ["cost", "requests", "outputTokens"] as const)
      expect(values[measure].map((own) => own[unknown])).toEqual([null, null]);
    for (const own of values.requests) expect(Number(sumDecimals(known(own)))).toBeGreaterThan(0);
  });
});

describe("a person's models", () => {
  it("add up to what the person cost, day by day, lines without a model among them", async () => {
    const [[user, amount] = ["", ""]] = await leaders("user_id");
    const models = await org.access.inScope((scope) => getMemberModels(scope, { dimension: "user", key: user, range }));
    expect(plainDecimal(models.amount ?? "")).toBe(amount);
    expect(plainDecimal(sumDecimals(known(models.series.values.flat())))).toBe(amount);
    expect(models.series.members.map(({ kind }) => kind)).toContain("model");
  });
});
