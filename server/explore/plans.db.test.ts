import { beforeAll, describe, expect, it } from "vitest";
import type { OrgScope } from "@/server/auth/scope";
import { Prisma } from "@/server/db/generated/client";
import {
  dimensionsOf,
  type ExploreDimension,
  type ExploreMeasure,
  exploreGranularities,
  refusalOf,
} from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { ExploreQuery } from "@/server/explore/schema";
import { makeHistory } from "@/server/explore/testing/history";
import { accessAsSystem } from "@/server/auth/scope";
import { useTestDatabase } from "@/server/testing/database";
import { makeOrg, type TestOrg } from "@/server/testing/factories";

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

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Cond"?: string;
  "Index Name"?: string;
  Plans?: Node[];
};

/** All nodes of the plans of the statements that read figures. */
async function plansOf(question: Partial<ExploreQuery>): Promise<Node[]> {
  const plans: Node[] = [];
  const access = await accessAsSystem({ id: org.id }, { type: "operator" });
  await access.inScope(async (scope) => {
    // Tables of a test are so small that reading them whole would be right.
    await scope.db.$executeRaw`set local enable_seqscan = off`;
    await explore(
      noting(scope, plans),
      ExploreQuery.parse({ measure: "cost", granularity: "day", range, tag: "team", ...question }),
    );
  });
  return plans.flatMap(flatten);
}

const flatten = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

/** The same scope, which has the database explain each statement that was composed. */
function noting(scope: OrgScope, plans: Node[]): OrgScope {
  const queryRaw = async (statement: Prisma.Sql | TemplateStringsArray, ...values: unknown[]) => {
    if (statement instanceof Prisma.Sql) {
      const [row] = await scope.db.$queryRaw<{ "QUERY PLAN": { Plan: Node }[] }[]>(
        Prisma.sql`explain (format json) ${statement}`,
      );
      plans.push(...(row?.["QUERY PLAN"] ?? []).map(({ Plan }) => Plan));
    }
    return scope.db.$queryRaw(statement, ...values);
  };
  return {
    ...scope,
    db: new Proxy(scope.db, { get: (db, name) => (name === "$queryRaw" ? queryRaw : Reflect.get(db, name)) }),
  };
}

const figures = /^(cost|usage)_(facts|daily|monthly)$|^series$|^directory_items$/;

function expectOrgsIndex(nodes: Node[]) {
  const whole = nodes.filter((node) => node["Node Type"] === "Seq Scan" && figures.test(node["Relation Name"] ?? ""));
  expect(whole).toEqual([]);
  const byIndex = nodes.filter((node) => /^(Index|Index Only|Bitmap Index) Scan$/.test(node["Node Type"]));
  expect(byIndex.length).toBeGreaterThan(0);
  for (const node of byIndex.filter(
    (one) => figures.test(one["Relation Name"] ?? "") || /_pkey|_idx/.test(one["Index Name"] ?? ""),
  ))
    expect(node["Index Cond"]).toContain("org_id");
}

const groupings = (measure: ExploreMeasure): ExploreDimension[][] => {
  const dimensions = dimensionsOf(measure);
  const pairs = dimensions.flatMap((a, i) => dimensions.slice(i + 1).map((b) => [a, b]));
  return [[], ...dimensions.map((dimension) => [dimension]), ...pairs].filter(
    (groupBy) => refusalOf({ measure, groupBy, filters: [], tag: "team" }) === null,
  );
};

describe.each(["cost", "requests", "images", "input_uncached_tokens"] as const)("%s", (measure) => {
  it.each(groupings(measure))("by %s %s", async (...groupBy) => {
    for (const zone of ["utc", "org"] as const) expectOrgsIndex(await plansOf({ measure, groupBy, zone }));
  });

  it.each(exploreGranularities)("by %s, compared", async (granularity) => {
    expectOrgsIndex(await plansOf({ measure, granularity, groupBy: ["project"], compare: "previous_period" }));
  });

  it.each(dimensionsOf(measure))("searched by %s", async (dimension) => {
    expectOrgsIndex(await plansOf({ measure, filters: [{ dimension, op: "search", text: "a" }] }));
  });
});
