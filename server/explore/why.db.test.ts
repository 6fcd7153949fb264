import { beforeAll, describe, expect, it } from "vitest";
import { explore } from "@/server/explore/explore";
import { ExploreQuery, type WhyResult } from "@/server/explore/schema";
import { makeHistory } from "@/server/explore/testing/history";
import { explainChange } from "@/server/explore/why";
import { subtractDecimals, sumDecimals } from "@/server/lib/money";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
const range = { from: "2026-04-01", to: "2026-05-01" };

let org: TestOrg;

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, { from: "2026-02-20", to: "2026-05-10" });
  await labelProjects();
  await database.owner.query("update orgs set timezone = 'America/New_York' where id = $1", [org.id]);
});

/** A tag that moves on the way, and a project that two cost centers share. */
async function labelProjects() {
  const api = callAs(org.owner).allocation;
  const items = (itemId: string) => [{ kind: "project" as const, itemId }];
  await api.setTag({
    org: org.slug,
    key: "team",
    items: items("proj_a"),
    value: "search",
    from: "2026-04-10",
    to: null,
  });
  await api.setTag({
    org: org.slug,
    key: "team",
    items: items("proj_b"),
    value: "search",
    from: "2026-01-01",
    to: null,
  });
  const centers = await Promise.all(["Research", "Sales"].map((name) => api.createCostCenter({ org: org.slug, name })));
  const shares = centers.map(({ costCenterId }, i) => ({ costCenterId, percent: i === 0 ? "33.3" : "66.7" }));
  const rule = { method: "fixed" as const, shares };
  await api.setRule({ org: org.slug, items: items("proj_a"), rule, from: "2026-03-15", to: null });
}

const questionOf = (question: Partial<ExploreQuery>) =>
  ExploreQuery.parse({ measure: "cost", granularity: "month", range, compare: "previous_month", ...question });

const inSnapshot = <T>(work: Parameters<typeof org.access.inScope<T>>[0]) =>
  org.access.inScope(work, { isSnapshot: true });

const why = (question: Partial<ExploreQuery> = {}, now = NOW): Promise<WhyResult> =>
  inSnapshot((scope) => explainChange(scope, questionOf(question), now));

const questions: [string, Partial<ExploreQuery>][] = [
  ["everything", {}],
  ["the period before, unasked", { compare: "none" }],
  ["the organization's own days", { zone: "org" }],
  ["one project", { filters: [{ dimension: "project", op: "in", values: ["proj_a"] }] }],
  ["all but one model", { filters: [{ dimension: "model", op: "not_in", values: ["luna"] }] }],
  ["one person", { filters: [{ dimension: "user", op: "in", values: ["user-1"] }] }],
  ["nobody", { filters: [{ dimension: "user", op: "in", values: [null] }] }],
  ["a token type", { filters: [{ dimension: "token_type", op: "in", values: ["output"] }] }],
  ["a tag", { tag: "team", filters: [{ dimension: "tag", op: "in", values: ["search"] }] }],
  [
    "no tag, in one's own days",
    { tag: "team", zone: "org", filters: [{ dimension: "tag", op: "in", values: [null] }] },
  ],
  ["a cost center that shares projects", { filters: [{ dimension: "cost_center", op: "search", text: "Research" }] }],
  ["a part of a name", { filters: [{ dimension: "line_item", op: "search", text: "cached" }] }],
];

describe("a difference", () => {
  it.each(questions)("of %s ties to Explore, and its parts add up to it exactly", async (_, question) => {
    const result = await why(question);
    const asked = { ...question, compare: question.compare === "none" ? ("previous_period" as const) : undefined };
    const { totals } = await inSnapshot((scope) =>
      explore(scope, questionOf({ ...question, ...(asked.compare && { compare: asked.compare }) }), NOW),
    );
    expect(result.state).toBe("split");
    expect([result.before, result.after]).toEqual([totals.previous, totals.value]);
    expect(sumDecimals(Object.values(result.effects ?? {}))).toBe(result.difference);
    expect(sumDecimals(result.unexplained.map(({ difference }) => difference))).toBe(result.effects?.unexplained);
    for (const rows of Object.values(result.movers)) {
      expect(sumDecimals(rows.map(({ difference }) => difference))).toBe(result.difference);
      for (const { before, after, difference, effects } of rows) {
        expect(subtractDecimals(after, before)).toBe(difference);
        if (effects) expect(sumDecimals(Object.values(effects))).toBe(difference);
      }
    }
  });

  it("is told by project and model with its effects, by key and person without", async () => {
    const { movers, effects } = await why();
    for (const dimension of ["project", "model"] as const) {
      const told = movers[dimension]?.map((row) => row.effects);
      expect(told?.length).toBeGreaterThan(2);
      expect(sumDecimals((told ?? []).map((row) => row?.price ?? "missing"))).toBe(effects?.price);
    }
    expect(movers.api_key?.every((row) => row.effects === null)).toBe(true);
    expect(movers.user?.map(({ label }) => label?.key)).toEqual(expect.arrayContaining(["user-1", null]));
  });

  it("names what usage does not explain", async () => {
    const { unexplained } = await why();
    expect(unexplained.map(({ lineItem }) => lineItem)).toContain("Web searches");
  });
});

describe("what is not known", () => {
  it("is said of the period before", async () => {
    expect(await why({ range: { from: "2026-03-01", to: "2026-04-01" } })).toMatchObject({
      state: "not_comparable",
      difference: null,
      effects: null,
      movers: {},
    });
  });

  it("is said of usage: then there are movers alone", async () => {
    await database.owner.query(
      "update streams set coverage = coverage - tstzmultirange(tstzrange('2026-03-10Z', '2026-03-11Z')) where org_id = $1 and name = 'usage.completions'",
      [org.id],
    );
    const result = await why();
    expect(result).toMatchObject({ state: "usage_unknown", effects: null, unexplained: [] });
    expect(sumDecimals(result.movers.project?.map(({ difference }) => difference) ?? [])).toBe(result.difference);
  });

  it("measures other than cost are refused", async () => {
    await expect(why({ measure: "requests" })).rejects.toMatchObject({ reason: "why_of_cost_only" });
  });
});
