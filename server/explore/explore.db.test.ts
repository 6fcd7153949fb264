import { beforeAll, describe, expect, it } from "vitest";
import { startOf } from "@/server/explore/buckets";
import { dimensionsOf, type ExploreDimension, type ExploreMeasure, refusalOf } from "@/server/explore/constants";
import { explore } from "@/server/explore/explore";
import { ExploreQuery, type ExploreResult } from "@/server/explore/schema";
import {
  addStream,
  type GivenFact,
  type History,
  makeHistory,
  none,
  store,
  usd,
} from "@/server/explore/testing/history";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { toUtcDay } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import type { DayRange } from "@/server/usage/schema";

// Answers against the rows as they were given, added up one by one.

const database = useTestDatabase();
const HISTORY: DayRange = { from: "2026-02-20", to: "2026-05-10" };
const NOW = new Date("2026-06-01T12:00:00Z");
const range: DayRange = { from: "2026-03-10", to: "2026-05-03" };

let org: TestOrg;
let history: History;

beforeAll(async () => {
  org = await makeOrg();
  history = await makeHistory(org, database.owner, HISTORY);
  await assignLabels();
});

type Question = Partial<ExploreQuery> & { measure: ExploreMeasure };

const ask = (question: Question, now = NOW): Promise<ExploreResult> =>
  org.access.inScope(
    (scope) => explore(scope, ExploreQuery.parse({ granularity: "month", range, tag: "team", ...question }), now),
    {
      isSnapshot: true,
    },
  );

const keyOf: Record<ExploreDimension, (fact: GivenFact) => string | null> = {
  project: (fact) => fact.projectId,
  user: (fact) => fact.userId,
  api_key: (fact) => fact.apiKeyId,
  model: (fact) => fact.model,
  model_family: ({ model }) => (model?.startsWith("astra-") ? "astra" : model?.startsWith("ft:luna") ? "luna" : model),
  line_item: (fact) => fact.lineItem,
  token_type: ({ lineItem }) => lineItem?.split(", ")[1] ?? null,
  service_tier: (fact) => fact.serviceTier,
  batch: ({ batch }) => (batch === null ? null : String(batch)),
  endpoint: ({ stream }) => stream.replace("usage.", ""),
  connection: (fact) => fact.connectionId,
  tag: (fact) => tagOf(fact),
  cost_center: ({ projectId, at }) => (projectId === "proj_a" && toUtcDay(at) >= MOVED_AT ? center : null),
  service_account: ({ apiKeyId, userId, stream }) =>
    apiKeyId === "key_proj_c" || (stream.startsWith("usage.") && userId === ACCOUNT) ? ACCOUNT : null,
};

const MOVED_AT = "2026-04-02";
const ACCOUNT = "user-1";
let center = "";

/** The key's tag, else its owner's, else its user's, else the project's; the key of proj_c is the service account's. */
function tagOf({ apiKeyId, userId, projectId, at, stream }: GivenFact): string | null {
  if (apiKeyId === "key_proj_b" && toUtcDay(at) >= MOVED_AT) return "search";
  if (apiKeyId === "key_proj_c") return "robots";
  if (stream.startsWith("usage.") && userId === ACCOUNT) return "robots";
  return projectId === "proj_a" || projectId === "proj_b" ? "platform" : null;
}

/** Tags, an owner and a cost center that the history's rows are labelled with. */
async function assignLabels() {
  const owner = { owner: { type: "service_account", service_account: { id: ACCOUNT } } };
  await database.owner.query(
    `insert into directory_items (org_id, connection_id, kind, parent_id, id, name, data)
     values ($1, $2, 'api_key', 'proj_c', 'key_proj_c', 'Robot''s key', $3)`,
    [org.id, history.connectionIds[0], owner],
  );
  const api = callAs(org.owner).allocation;
  const ref = { org: org.slug, key: "team", to: null };
  const first = "2026-01-01";
  const item = (kind: "project" | "user" | "api_key", itemId: string) => [{ kind, itemId }];
  for (const id of ["proj_a", "proj_b"])
    await api.setTag({ ...ref, items: item("project", id), value: "platform", from: first });
  await api.setTag({ ...ref, items: item("user", ACCOUNT), value: "robots", from: first });
  await api.setTag({ ...ref, items: item("api_key", "key_proj_b"), value: "search", from: MOVED_AT });
  center = (await api.createCostCenter({ org: org.slug, name: "Research" })).costCenterId;
  const rule = { method: "fixed" as const, shares: [{ costCenterId: center, percent: "100" }] };
  await api.setRule({ org: org.slug, items: item("project", "proj_a"), rule, from: MOVED_AT, to: null });
}

/** The facts behind a measure; people's costs are brought up to the totals under nobody's name. */
function factsBehind(measure: ExploreMeasure, dimensions: readonly ExploreDimension[]): GivenFact[] {
  const inMeasure = history.facts.filter(
    ({ stream, currency, measures }) =>
      (measure === "cost") === stream.startsWith("costs.") &&
      (currency ?? "usd") === "usd" &&
      measures[measure] !== undefined,
  );
  if (measure !== "cost") return inMeasure;
  const totals = inMeasure.filter(({ stream }) => stream === "costs.project");
  if (!dimensions.includes("user")) return totals;
  const people = inMeasure.filter(({ stream }) => stream === "costs.user");
  const nobodys = (fact: GivenFact, sign: bigint): GivenFact => ({
    ...fact,
    userId: null,
    measures: { cost: (fact.measures.cost ?? 0n) * sign },
  });
  return [...people, ...totals.map((fact) => nobodys(fact, 1n)), ...people.map((fact) => nobodys(fact, -1n))];
}

/** Sums by group and bucket, without zeros. */
function bruteForce(
  { measure, groupBy = [], granularity = "month" }: Question,
  within = range,
): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const fact of factsBehind(measure, groupBy)) {
    const day = toUtcDay(fact.at);
    if (day < within.from || day >= within.to) continue;
    const bucket = granularity === "hour" ? fact.at.toISOString().replace(".000", "") : startOf(day, granularity);
    const key = JSON.stringify([...groupBy.map((dimension) => keyOf[dimension](fact)), bucket]);
    sums.set(key, (sums.get(key) ?? 0n) + (fact.measures[measure] ?? 0n));
  }
  return Object.fromEntries([...sums].flatMap(([key, sum]) => (sum === 0n ? [] : [[key, text(measure, sum)]])));
}

const text = (measure: ExploreMeasure, sum: bigint) => (measure === "cost" ? plainDecimal(usd(sum)) : String(sum));

function answered({ groups, buckets }: ExploreResult): Record<string, string> {
  return Object.fromEntries(
    groups.flatMap(({ labels, values }) =>
      values.flatMap((value, i) =>
        value === null || value === "0"
          ? []
          : [[JSON.stringify([...labels.map(({ key }) => key), buckets[i]?.start]), value]],
      ),
    ),
  );
}

const measures: ExploreMeasure[] = ["cost", "requests", "input_uncached_tokens", "images"];
const groupings = (measure: ExploreMeasure): ExploreDimension[][] => {
  const dimensions = dimensionsOf(measure);
  const pairs = dimensions.flatMap((a) => dimensions.filter((b) => b !== a).map((b) => [a, b]));
  return [[], ...dimensions.map((dimension) => [dimension]), ...pairs].filter(
    (groupBy) => refusalOf({ measure, groupBy, filters: [], tag: "team" }) === null,
  );
};

describe.each(measures)("%s", (measure) => {
  it.each(groupings(measure))("by %s %s is what the facts add up to", async (...groupBy) => {
    const question: Question = { measure, groupBy, granularity: groupBy.length === 1 ? "week" : "quarter", top: 100 };
    expect(answered(await ask(question))).toEqual(bruteForce(question));
  });

  it.each(["day", "week", "month", "quarter"] as const)("by %s ties to the same total", async (granularity) => {
    const { totals, groups } = await ask({ measure, granularity, groupBy: ["model"], top: 2 });
    const whole = Object.values(bruteForce({ measure, granularity: "quarter" }));
    expect(totals.value).toBe(sumDecimals(whole));
    expect(sumDecimals(groups.map(({ total }) => total ?? "0"))).toBe(totals.value);
    expect(sumDecimals(totals.values.map((value) => value ?? "0"))).toBe(totals.value);
  });
});

it("hours are those of the facts", async () => {
  const question: Question = { measure: "output_tokens", granularity: "hour", groupBy: ["model"] };
  const days = { from: "2026-03-10", to: "2026-03-14" };
  expect(answered(await ask({ ...question, range: days }))).toEqual(bruteForce(question, days));
});

describe("the largest groups", () => {
  it("are named, the others added up, and what has no name stays a row of its own", async () => {
    const all = await ask({ measure: "cost", groupBy: ["line_item"], top: 100 });
    const few = await ask({ measure: "cost", groupBy: ["line_item"], top: 3 });
    expect(few.groups.map(({ kind }) => kind)).toEqual(["named", "named", "named", "other", "unattributed"]);
    expect(few.groups.slice(0, 3)).toEqual(all.groups.slice(0, 3));
    expect(few.groups.at(-1)).toEqual(all.groups.at(-1));
    expect(few.totals).toEqual(all.totals);
    expect(few.groupCount).toBe(all.groupCount);
    const rest = all.groups.slice(3, -1).map(({ total }) => total ?? "0");
    expect(few.groups[3]?.total).toBe(sumDecimals(rest));
  });

  it("have among them who was billed and given it back, in the same days or others", async () => {
    const other = await makeOrg();
    const stream = await addStream(database.owner, other, {
      connectionId: await makeConnection(other),
      name: "costs.project",
    });
    const billed = (projectId: string, at: string, amount: bigint) => ({
      series: { ...none, projectId, currency: "usd" },
      at: Date.parse(at),
      amount,
      counts: {},
    });
    await store(other, { stream, width: "1d", range }, [
      billed("proj_a", "2026-04-01", 7n),
      billed("proj_b", "2026-04-01", 5n),
      billed("proj_b", "2026-04-02", -5n),
      billed("proj_c", "2026-04-01", 5n),
      billed("proj_c", "2026-05-01", -5n),
      billed("proj_d", "2026-04-01", 0n),
      billed("proj_e", "2026-05-05", 9n),
    ]);
    const spend = ExploreQuery.parse({ measure: "cost", granularity: "day", range, groupBy: ["project"] });
    const askOther = (top: number) => other.access.inScope((scope) => explore(scope, { ...spend, top }, NOW));
    const all = await askOther(3);
    expect(all.groups.map(({ labels, total }) => `${labels[0]?.key} ${total}`)).toEqual([
      "proj_a 0.000000007",
      "proj_b 0",
      "proj_c 0",
    ]);
    const few = await askOther(1);
    expect(few.groupCount).toBe(3);
    expect(few.groups.map(({ kind, total }) => `${kind} ${total}`)).toEqual(["named 0.000000007", "other 0"]);
    expect(few.totals).toEqual(all.totals);
  });
});

describe("filters", () => {
  const total = async (filters: ExploreQuery["filters"], measure: ExploreMeasure = "requests") =>
    (await ask({ measure, filters })).totals.value;
  const given = (
    isWanted: (fact: GivenFact) => boolean,
    measure: ExploreMeasure = "requests",
    dimensions: ExploreDimension[] = [],
  ) =>
    text(
      measure,
      factsBehind(measure, dimensions)
        .filter((fact) => toUtcDay(fact.at) >= range.from && toUtcDay(fact.at) < range.to && isWanted(fact))
        .reduce((sum, { measures: counts }) => sum + (counts[measure] ?? 0n), 0n),
    );

  it("include, and nobody among them", async () => {
    const values = ["proj_a", null];
    expect(await total([{ dimension: "project", op: "in", values }])).toBe(
      given((fact) => values.includes(fact.projectId)),
    );
  });

  it("exclude", async () => {
    expect(await total([{ dimension: "model", op: "not_in", values: ["luna"] }])).toBe(
      given(({ model }) => model !== "luna"),
    );
  });

  it("search ids and names, whatever the case, and take no wildcard", async () => {
    expect(await total([{ dimension: "model", op: "search", text: "ASTRA" }])).toBe(
      given(({ model }) => model?.includes("astra") ?? false),
    );
    expect(await total([{ dimension: "model", op: "search", text: "a%a" }])).toBe("0");
  });

  it("all of them at once", async () => {
    const filters: ExploreQuery["filters"] = [
      { dimension: "connection", op: "in", values: [history.connectionIds[0] ?? ""] },
      { dimension: "endpoint", op: "not_in", values: ["images"] },
      { dimension: "batch", op: "in", values: ["true"] },
      { dimension: "service_tier", op: "in", values: [null, "priority"] },
    ];
    expect(await total(filters)).toBe(
      given(
        (fact) =>
          fact.connectionId === history.connectionIds[0] &&
          fact.stream !== "usage.images" &&
          fact.batch === true &&
          fact.serviceTier !== "default",
      ),
    );
  });

  it("by person take the money of the people's list, and by nobody what that lacks", async () => {
    for (const user of ["user-1", null]) {
      expect(await total([{ dimension: "user", op: "in", values: [user] }], "cost")).toBe(
        given(({ userId }) => userId === user, "cost", ["user"]),
      );
    }
  });
});

describe("cost centers", () => {
  it("have parts of a shared cost that add up to it, by model, by hour and in every zone", async () => {
    const rule = {
      method: "fixed" as const,
      shares: [{ costCenterId: center, percent: "33.3333" }],
    };
    const items = [{ kind: "project" as const, itemId: "proj_b" }];
    await callAs(org.owner).allocation.setRule({ org: org.slug, items, rule, from: "2026-04-01", to: "2026-04-20" });
    const whole = (await ask({ measure: "cost" })).totals.value;
    const days = { from: "2026-04-01", to: "2026-04-08" };
    for (const zone of ["utc", "org"] as const) {
      expect((await ask({ measure: "cost", groupBy: ["cost_center", "model"], zone })).totals.value).toBe(
        (await ask({ measure: "cost", zone })).totals.value,
      );
      const byHour = { measure: "cost" as const, range: days, granularity: "hour" as const, zone };
      expect((await ask({ ...byHour, groupBy: ["cost_center"] })).totals.values).toEqual(
        (await ask(byHour)).totals.values,
      );
    }
    const { groups } = await ask({ measure: "cost", groupBy: ["cost_center"] });
    expect(groups.map(({ kind, labels }) => [kind, labels[0]?.name])).toEqual([
      ["named", "Research"],
      ["unattributed", null],
    ]);
    expect(sumDecimals(groups.map(({ total }) => total ?? "0"))).toBe(whole);
    await callAs(org.owner).allocation.setRule({ org: org.slug, items, rule: null, from: "2026-04-01", to: null });
  });
});

describe("comparison", () => {
  it("adds up the period before, place by place and group by group", async () => {
    const days = { from: "2026-04-01", to: "2026-05-01" };
    const question: Question = { measure: "cost", granularity: "day", groupBy: ["model"], top: 100 };
    const { previousRange, totals, groups } = await ask({ ...question, range: days, compare: "previous_month" });
    expect(previousRange).toEqual({ from: "2026-03-01", to: "2026-04-01" });
    const before = await ask({ ...question, range: { from: "2026-03-01", to: "2026-04-01" } });
    expect(totals.previous).toBe(before.totals.value);
    expect(totals.previousValues).toEqual(before.totals.values);
    const byKey = new Map(before.groups.map(({ labels, total }) => [labels[0]?.key, total]));
    for (const { labels, previousTotal } of groups)
      expect(previousTotal).toBe(byKey.get(labels[0]?.key ?? null) ?? "0");
  });

  it("is not made with days that were not all fetched", async () => {
    const { totals, groups } = await ask({
      measure: "cost",
      groupBy: ["model"],
      range: HISTORY,
      compare: "previous_period",
    });
    expect(totals.previous).toBeNull();
    expect(totals.change).toBeNull();
    expect(groups.every(({ previousTotal }) => previousTotal === null)).toBe(true);
  });
});

describe("coverage", () => {
  it("unknown days are no zeros, and days to come are ahead", async () => {
    const { buckets, totals } = await ask(
      { measure: "cost", granularity: "day", range: { from: "2026-05-09", to: "2026-05-14" } },
      new Date("2026-05-12T10:00:00Z"),
    );
    expect(buckets.map(({ state }) => state)).toEqual(["known", "unknown", "unknown", "unknown", "ahead"]);
    expect(totals.values.slice(1)).toEqual([null, null, null, null]);
  });

  it("a bucket with some days missing is partial, and an idle but fetched day is zero", async () => {
    const { buckets } = await ask({
      measure: "cost",
      granularity: "month",
      range: { from: "2026-04-01", to: "2026-06-01" },
    });
    expect(buckets.map(({ state }) => state)).toEqual(["known", "partial"]);
    const { totals } = await ask({
      measure: "cost",
      filters: [{ dimension: "model", op: "in", values: ["no such model"] }],
    });
    expect(totals.value).toBe("0");
  });

  it("a measure whose lists were never fetched is unknown", async () => {
    const { totals } = await ask({ measure: "characters" });
    expect(totals.value).toBeNull();
  });
});

describe("refusals", () => {
  it.each<[Question, string]>([
    [{ measure: "cost", groupBy: ["user", "project"] }, "user_with_project"],
    [
      { measure: "cost", groupBy: ["user"], filters: [{ dimension: "api_key", op: "in", values: ["k"] }] },
      "user_with_project",
    ],
    [{ measure: "cost", groupBy: ["batch"] }, "dimension_impossible"],
    [{ measure: "requests", groupBy: ["line_item"] }, "dimension_impossible"],
    [{ measure: "requests", groupBy: ["model", "model"] }, "same_dimension_twice"],
    [{ measure: "requests", granularity: "hour", range: { from: "2025-01-01", to: "2026-01-01" } }, "too_many_buckets"],
  ])("%j", async (question, reason) => {
    await expect(ask(question)).rejects.toMatchObject({ code: "invalid", reason });
  });
});
