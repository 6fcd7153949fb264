import { afterAll, beforeAll, expect, it } from "vitest";
import { commitImport } from "@/server/imports/commit-import";
import { exportOf, stageText } from "@/server/imports/testing/support";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { syncOnce } from "@/server/testing/sync";
import { reportCosts } from "@/server/usage/facts-report";

useTestDatabase();

let provider: Provider;
beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
});
afterAll(() => provider.close());

it("the days that a sync fetched count as the provider tells them, the others as they were imported", async () => {
  const org = await makeOrg();
  const connectionId = await makeConnection(org, {
    baseUrl: provider.url,
    adminKey: "sk-admin-sandbox-acme-readonly",
    backfillDays: 5,
    usageGranularity: "day",
  });
  const importId = await stageText(
    org,
    exportOf([
      ["2026-10-01", "1.5"],
      ["2026-10-18", "1000000"],
    ]),
  );
  await commitImport(org.access, { importId });
  await syncOnce(org, { connectionId, now: provider.now });
  const amountOf = async (day: { from: string; to: string }) =>
    (await org.access.inScope((scope) => reportCosts(scope, { range: day, groupBy: [] }))).rows.map(
      ({ amount }) => amount,
    );
  const [synced] = await amountOf({ from: "2026-10-18", to: "2026-10-19" });
  expect(Number(synced)).toBeGreaterThan(0);
  expect(Number(synced)).toBeLessThan(1_000_000);
  expect(await amountOf({ from: "2026-10-01", to: "2026-10-02" })).toEqual(["1.5"]);
});
