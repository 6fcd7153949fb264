import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  dimensionsOf,
  type ExploreDimension,
  type ExploreMeasure,
  exploreComparisons,
  exploreGranularities,
  refusalOf,
} from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { aspectNames, usageAspects } from "@/server/explore/packs/aspects";
import { buildPacks } from "@/server/explore/packs/build";
import { ExploreQuery, type ExploreResult, type WhyResult } from "@/server/explore/schema";
import { explainChange } from "@/server/explore/why";
import { makeHistory } from "@/server/explore/testing/history";
import { accessAsSystem, type OrgScope } from "@/server/auth/scope";
import { withTenantConnection } from "@/server/db/tenant";
import { addUtcDays, type UtcDay, utcDaysBetween } from "@/server/lib/time";
import { refreshCostRollups, refreshUsageRollups } from "@/server/usage/rollups.sql";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";

// Packs against the facts that they are made of: the same answer to every shape of question, in several zones.

const database = useTestDatabase();
const NOW = new Date("2026-06-01T12:00:00Z");
/** Clocks change in it, and months end in it. */
const HISTORY = { from: "2026-02-20", to: "2026-05-10" };
const range = { from: "2026-02-25", to: "2026-05-08" };
const zones = ["UTC", "America/New_York", "Australia/Lord_Howe"] as const;

type Question = Partial<ExploreQuery> & { measure: ExploreMeasure };

const measures: ExploreMeasure[] = ["cost", "requests", "input_uncached_tokens", "images"];

const groupings = (measure: ExploreMeasure): ExploreDimension[][] => {
  const dimensions = dimensionsOf(measure);
  const pairs = dimensions.flatMap((a, i) => dimensions.slice(i + 1).map((b) => [a, b]));
  return [[], ...dimensions.map((dimension) => [dimension]), ...pairs].filter(
    (groupBy) => refusalOf({ measure, groupBy, filters: [], tag: "team" }) === null,
  );
};

const lastDays = { from: "2026-05-01", to: "2026-05-06" };

const questions: Question[] = measures.flatMap((measure): Question[] => [
  ...(measure === "cost" || measure === "requests" ? groupings(measure) : [[], ["project" as const]]).map(
    (groupBy) => ({ measure, groupBy, granularity: "week" as const, top: 3 }),
  ),
  ...exploreGranularities.flatMap((granularity) =>
    exploreComparisons.map((compare) => ({
      measure,
      granularity,
      compare,
      groupBy: ["project" as const, "model" as const],
      range: granularity === "hour" ? lastDays : { from: "2026-04-01", to: "2026-05-01" },
    })),
  ),
  ...dimensionsOf(measure).flatMap((dimension): Question[] => [
    { measure, groupBy: ["model"], filters: [{ dimension, op: "search", text: "a" }] },
    { measure, groupBy: ["model"], filters: [{ dimension, op: "not_in", values: [null, "proj_a", "luna"] }] },
    { measure, groupBy: [dimension], granularity: "hour", range: lastDays },
    {
      measure,
      groupBy: [dimension, ...(dimension === "model" ? [] : (["model"] as const))],
      granularity: "quarter",
      top: 100,
    },
  ]),
]);

const changes: Question[] = [[], ...dimensionsOf("cost")].map((dimension) => ({
  measure: "cost",
  range: { from: "2026-04-06", to: "2026-05-06" },
  filters: typeof dimension === "string" ? [{ dimension, op: "search", text: "a" }] : [],
}));

const nameOf = (question: Question) => JSON.stringify(question);

let org: TestOrg;
const byFacts = new Map<string, ExploreResult>();
const changesByFacts = new Map<string, WhyResult>();

beforeAll(async () => {
  org = await makeOrg();
  await makeHistory(org, database.owner, HISTORY);
  await assignLabels();
  for (const zone of zones) {
    for (const question of questions) byFacts.set(`${zone} ${nameOf(question)}`, await ask(zone, question));
    for (const question of changes)
      changesByFacts.set(`${zone} ${nameOf(question)}`, await ask(zone, question, explainChange));
  }
}, 300_000);

/** A tag that changes on the way, and a project that two cost centers share; both also on days of 23 hours, and one of 24.5. */
async function assignLabels() {
  const api = callAs(org.owner).allocation;
  const item = (kind: "project" | "api_key", itemId: string) => [{ kind, itemId }];
  const tag = { org: org.slug, key: "team", to: null };
  await api.setTag({ ...tag, items: item("project", "proj_a"), value: "platform", from: "2026-01-01" });
  await api.setTag({ ...tag, items: item("project", "proj_c"), value: "data", from: "2026-03-08" });
  await api.setTag({ ...tag, items: item("api_key", "key_proj_b"), value: "search", from: "2026-04-02" });
  const centers = await Promise.all(["Research", "Sales"].map((name) => api.createCostCenter({ org: org.slug, name })));
  const share = (percents: readonly string[], from: string) => {
    const shares = centers.map(({ costCenterId }, i) => ({ costCenterId, percent: percents[i] ?? "0" }));
    const rule = { method: "fixed" as const, shares };
    return api.setRule({ org: org.slug, items: item("project", "proj_a"), rule, from, to: null });
  };
  await share(["33.3", "66.7"], "2026-01-01");
  await share(["90", "10"], "2026-04-05");
}

async function inZone<T>(
  zone: string,
  work: (access: Awaited<ReturnType<typeof accessAsSystem>>) => Promise<T>,
): Promise<T> {
  await database.owner.query("update orgs set timezone = $1 where id = $2", [zone, org.id]);
  return work(await accessAsSystem({ id: org.id }, { type: "operator" }));
}

type Answer<T> = (scope: OrgScope, query: ExploreQuery, now: Date) => Promise<T>;

function ask(zone: string, question: Question): Promise<ExploreResult>;
function ask<T>(zone: string, question: Question, answer: Answer<T>): Promise<T>;
function ask(zone: string, question: Question, answer: Answer<unknown> = explore): Promise<unknown> {
  return inZone(zone, (access) => {
    const query = ExploreQuery.parse({ granularity: "day", range, tag: "team", zone: "org", ...question });
    return access.inScope((scope) => answer(scope, query, NOW), { isSnapshot: true });
  });
}

/** Packs of everything, however few facts there are, and however little is saved. */
const whatever = { worthFacts: 1, worthRows: 1 };

const allReadings = [
  ...["costs.project", "costs.user"].flatMap((list) => aspectNames.map((aspect) => `${list} ${aspect}`)),
  ...usageAspects.map((aspect) => `usage.completions ${aspect}`),
];

/** Which lists have packs with which aspects. */
async function readingsWithAspects(): Promise<string[]> {
  const { rows } = await database.owner.query(
    `select distinct s.name || ' ' || split_part(p.name, '.', 1) as reading
     from fact_packs p join streams s on s.org_id = p.org_id and s.id = p.stream_id where p.org_id = $1 and p.name like '%.series'`,
    [org.id],
  );
  return rows.map(({ reading }) => reading);
}

/** Behind the packs' back, so that an answer that reads facts is wrong. */
async function falsifyFacts(by: number) {
  await database.owner.query("update cost_facts set amount = amount + $1 where org_id = $2", [by, org.id]);
  await database.owner.query(
    `update usage_facts set requests = requests + $1, input_uncached_tokens = input_uncached_tokens + $1, quantity = quantity + $1
     where org_id = $2`,
    [by, org.id],
  );
}

describe.each(zones)("in %s", (zone) => {
  beforeAll(async () => {
    // In UTC with those aspects alone that are worth it, so that both are asked, packs with and without.
    const making = { ...whatever, ...(zone === "UTC" && { worthRows: undefined }) };
    expect(await inZone(zone, (access) => buildPacks(access, making))).toBeGreaterThan(100);
    await falsifyFacts(1);
    const readings = await readingsWithAspects();
    if (zone === "UTC") expect(readings).not.toContain("costs.project items");
    else expect(readings).toEqual(expect.arrayContaining(allReadings));
  }, 120_000);
  afterAll(() => falsifyFacts(-1));

  it.each(changes.map((question) => [nameOf(question), question] as const))(
    "the money of a change, %s",
    async (name, question) => {
      const money = ({ before, after, difference, movers }: WhyResult) => ({
        ...{ before, after, difference },
        movers: Object.values(movers).map((rows) => rows.map((row) => ({ ...row, effects: null }))),
      });
      // Tokens are read from the facts, which are falsified here.
      const found = await ask(zone, question, explainChange);
      expect(money(found)).toEqual(money(changesByFacts.get(`${zone} ${name}`) as WhyResult));
      expect(found.difference).not.toBeNull();
    },
  );

  it.each(questions.map((question) => [nameOf(question), question] as const))("%s", async (name, question) => {
    expect(await ask(zone, question)).toEqual(byFacts.get(`${zone} ${name}`));
  });
});

it("labels that change ask for the packs of their days", async () => {
  const { rows } = await database.owner.query(
    "select distinct name from bullmq.job where name = 'packs.build' and data::text like $1",
    [`%${org.id}%`],
  );
  expect(rows).toHaveLength(1);
});

/** The first day's costs once more, ten days earlier. */
async function addDayBefore() {
  await database.owner.query(
    `insert into cost_facts select org_id, stream_id, bucket_start - interval '10 days', series_id, amount, quantity
     from cost_facts where org_id = $1 and (bucket_start at time zone 'UTC')::date = $2::date`,
    [org.id, HISTORY.from],
  );
  await refreshCosts([addUtcDays(HISTORY.from, -10)]);
}

async function refreshCosts(days: readonly UtcDay[]) {
  const { rows } = await database.owner.query(
    "select id, name from streams where org_id = $1 and name like 'costs.%'",
    [org.id],
  );
  for (const { id, name } of rows)
    await withTenantConnection(org.id, (client) =>
      refreshCostRollups(client, { orgId: org.id, streamId: id, days }, name),
    );
}

describe("facts that change", () => {
  const question: Question = { measure: "cost", groupBy: ["project", "model"], compare: "previous_period" };
  const zone = "America/New_York";

  it("take their packs along, until new ones are made, and none is made twice", async () => {
    const before = await ask(zone, question);
    const days = ["2026-03-08", "2026-04-30"];
    await inZone(zone, (access) => buildPacks(access, whatever));
    await database.owner.query(
      "update cost_facts set amount = amount * 2 where org_id = $1 and (bucket_start at time zone 'UTC')::date = any($2::date[])",
      [org.id, days],
    );
    expect(await ask(zone, question)).toEqual(before);
    await refreshCosts(days);
    const fromFacts = await ask(zone, question);
    expect(fromFacts).not.toEqual(before);
    const made = await Promise.all([1, 2].map(() => inZone(zone, (access) => buildPacks(access, whatever))));
    expect(made.reduce((a, b) => a + b)).toBeGreaterThan(0);
    await falsifyFacts(1);
    expect(await ask(zone, question)).toEqual(fromFacts);
    await falsifyFacts(-1);
  });

  it("of requests take along the packs of costs that were divided by them", async () => {
    const before = await ask(zone, question);
    await database.owner.query(
      `update usage_facts set requests = requests * 1000 where org_id = $1 and extract(hour from bucket_start at time zone 'UTC') < 6`,
      [org.id],
    );
    const days = utcDaysBetween(HISTORY.from, HISTORY.to);
    const { rows } = await database.owner.query("select id from streams where org_id = $1 and name like 'usage.%'", [
      org.id,
    ]);
    for (const { id } of rows)
      await withTenantConnection(org.id, (client) =>
        refreshUsageRollups(client, { orgId: org.id, streamId: id, days }),
      );
    expect(await ask(zone, question)).not.toEqual(before);
  });

  it("of older days that come while packs are made are in the packs of months", async () => {
    const byMonth: Question = { ...question, granularity: "month", range: { from: "2026-02-01", to: "2026-04-01" } };
    const forget = () => database.owner.query("delete from fact_packs where org_id = $1", [org.id]);
    await forget();
    await inZone("UTC", async (access) => {
      let calls = 0;
      const inScope: typeof access.inScope = async (work, options) => {
        calls += 1;
        if (calls === 2) await addDayBefore();
        return access.inScope(work, options);
      };
      await buildPacks({ ...access, inScope }, whatever);
      await buildPacks(access, whatever);
    });
    const fromPacks = await ask("UTC", byMonth);
    await forget();
    expect(fromPacks).toEqual(await ask("UTC", byMonth));
  });

  it("are told by the aspect that knows what is asked, not by all rows", async () => {
    const groupings: ExploreDimension[][] = [[], ["project"], ["project", "api_key"]];
    const answers = () => Promise.all(groupings.map((groupBy) => ask(zone, { measure: "cost", groupBy })));
    const before = await answers();
    await inZone(zone, (access) => buildPacks(access, whatever));
    await database.owner.query("delete from fact_packs where org_id = $1 and name = any($2)", [
      org.id,
      ["amount", "items.amount", "models_of_people.amount"],
    ]);
    expect(await answers()).toEqual(before);
    expect((await ask(zone, { measure: "cost", groupBy: ["line_item"] })).groups).toEqual([]);
  });

  it("of small organizations are not packed", async () => {
    expect(await inZone("UTC", (access) => buildPacks(access))).toBe(0);
  });
});
