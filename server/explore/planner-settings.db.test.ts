import { expect, it } from "vitest";
import type { OrgScope } from "@/server/auth/scope";
import { forJoinedSums, forNeighbours, withSettings } from "@/server/explore/planner-settings.sql";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg } from "@/server/testing/factories";

useTestDatabase();

it("settings hold while reading, and are what they were afterwards", async () => {
  const org = await makeOrg();
  await org.access.inScope(async (scope) => {
    const before = await settingsOf(scope);
    const within = await withSettings(scope, { ...forNeighbours, ...forJoinedSums }, () => settingsOf(scope));
    expect(within).toEqual({ work_mem: "64MB", enable_nestloop: "off", random_page_cost: "1.1" });
    expect(await settingsOf(scope)).toEqual(before);
    expect(before).not.toEqual(within);
  });
});

async function settingsOf({ db }: OrgScope) {
  const rows = await db.$queryRaw<{ name: string; value: string }[]>`
    select name, current_setting(name) as value from unnest(${["work_mem", "enable_nestloop", "random_page_cost"]}::text[]) name`;
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
