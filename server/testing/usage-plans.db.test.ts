import { beforeAll, describe, it } from "vitest";
import { makeHistory } from "@/server/explore/testing/history";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import { expectOrgsIndex, plansOf } from "@/server/testing/plans";
import { getBreakdown } from "@/server/usage/breakdown";
import { breakdownDimensions } from "@/server/usage/constants";
import { getMemberDetail } from "@/server/usage/member-detail";
import { getOverview } from "@/server/usage/overview";

// The pages of figures read what the org has through an index that the org leads: never a whole table.

const database = useTestDatabase();
const ranges = {
  "a week": { from: "2026-03-12", to: "2026-03-19" },
  "a year": { from: "2025-03-22", to: "2026-03-22" },
};
const members = { project: "proj_a", user: "user-1", api_key: "key_proj_a", model: "luna" };
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, { from: "2026-03-01", to: "2026-03-22" });
  await database.owner.query("analyze");
});

describe.each(Object.entries(ranges))("over %s", (_, range) => {
  it("the overview", async () => expectOrgsIndex(await plansOf(org.id, (scope) => getOverview(scope, range))));

  it.each(breakdownDimensions)("the list by %s", async (dimension) =>
    expectOrgsIndex(await plansOf(org.id, (scope) => getBreakdown(scope, { dimension, range }))),
  );

  it.each(breakdownDimensions)("the page of one %s", async (dimension) => {
    const input = { dimension, key: members[dimension], range };
    expectOrgsIndex(await plansOf(org.id, (scope) => getMemberDetail(scope, input)));
  });
});
