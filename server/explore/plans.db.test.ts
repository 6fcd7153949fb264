import { beforeAll, describe, expect, it } from "vitest";
import { accessAsSystem } from "@/server/auth/scope";
import {
  dimensionsOf,
  type ExploreDimension,
  type ExploreMeasure,
  exploreGranularities,
  refusalOf,
} from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { buildPacks } from "@/server/explore/packs/build";
import { ExploreQuery } from "@/server/explore/schema";
import { explainChange } from "@/server/explore/why";
import { makeHistory } from "@/server/explore/testing/history";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";
import { expectOrgsIndex, plansOf } from "@/server/testing/plans";

// Every shape of question reads what the org has through an index that the org leads: never a whole table.

const database = useTestDatabase();
const range = { from: "2026-03-02", to: "2026-03-20" };
let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, { from: "2026-03-01", to: "2026-03-22" });
  await database.owner.query("update orgs set timezone = 'Asia/Seoul' where id = $1", [org.id]);
  await database.owner.query("analyze");
});

const expectOrgsPlans = async (
  question: Partial<ExploreQuery>,
  ask: typeof explore | typeof explainChange = explore,
) => {
  const query = ExploreQuery.parse({ measure: "cost", granularity: "day", range, tag: "team", ...question });
  expectOrgsIndex(await plansOf(org.id, (scope) => ask(scope, query)));
};

const groupings = (measure: ExploreMeasure): ExploreDimension[][] => {
  const dimensions = dimensionsOf(measure);
  const pairs = dimensions.flatMap((a, i) => dimensions.slice(i + 1).map((b) => [a, b]));
  return [[], ...dimensions.map((dimension) => [dimension]), ...pairs].filter(
    (groupBy) => refusalOf({ measure, groupBy, filters: [], tag: "team" }) === null,
  );
};

describe.each(["cost", "requests", "images", "input_uncached_tokens"] as const)("%s", (measure) => {
  it.each(groupings(measure))("by %s %s", async (...groupBy) => {
    for (const zone of ["utc", "org"] as const) await expectOrgsPlans({ measure, groupBy, zone });
  });

  it.each(exploreGranularities)("by %s, compared", async (granularity) => {
    await expectOrgsPlans({ measure, granularity, groupBy: ["project"], compare: "previous_period" });
  });

  it.each(dimensionsOf(measure))("searched by %s", async (dimension) => {
    await expectOrgsPlans({ measure, filters: [{ dimension, op: "search", text: "a" }] });
  });
});

describe("a change taken apart", () => {
  const known = { from: "2026-03-12", to: "2026-03-20" };

  it.each(["utc", "org"] as const)("in days of %s", async (zone) => {
    await expectOrgsPlans({ range: known, zone }, explainChange);
  });

  it.each(["project", "user", "tag"] as const)("within a %s", async (dimension) => {
    const filters = [{ dimension, op: "search" as const, text: "a" }];
    await expectOrgsPlans({ range: known, filters }, explainChange);
  });
});

describe("from packs", () => {
  beforeAll(async () => {
    const access = await accessAsSystem({ id: org.id }, { type: "operator" });
    expect(await buildPacks(access, { worthFacts: 1 })).toBeGreaterThan(0);
    await database.owner.query("analyze");
  });

  it.each(["cost", "requests"] as const)("%s", async (measure) => {
    for (const zone of ["utc", "org"] as const) {
      for (const granularity of exploreGranularities)
        await expectOrgsPlans({ measure, granularity, zone, groupBy: ["project", "model"] });
    }
  });
});
