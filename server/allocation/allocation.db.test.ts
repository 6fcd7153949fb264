import { Decimal } from "decimal.js";
import { beforeAll, describe, expect, it } from "vitest";
import { chargesBy } from "@/server/allocation/charges.sql";
import { costCenterLabels } from "@/server/allocation/cost-center-labels";
import type { Rule } from "@/server/allocation/schema";
import { setRule } from "@/server/allocation/set-rule";
import { type History, makeHistory, usd } from "@/server/explore/testing/history";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { toUtcDay, utcDaysBetween } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const Exact = Decimal.clone({ precision: 120 });
const HISTORY = { from: "2026-02-25", to: "2026-04-05" };
const month = { from: "2026-03-01", to: "2026-04-01" };

let org: TestOrg;
let history: History;
let centers: { red: string; blue: string; green: string };

const api = () => callAs(org.owner).allocation;
const addCenter = async (name: string) => (await api().createCostCenter({ org: org.slug, name })).costCenterId;

beforeAll(async () => {
  org = await makeOrg();
  history = await makeHistory(org, database.owner, HISTORY);
  centers = { red: await addCenter("Red"), blue: await addCenter("Blue"), green: await addCenter("Green") };
  // Who owns a key, only the directory tells.
  await database.owner.query(
    `insert into directory_items (org_id, connection_id, kind, parent_id, id, name, data)
     values ($1, $2, 'api_key', 'proj_b', 'key_proj_b', 'Ben''s key', '{"owner":{"type":"user","user":{"id":"user-2"}}}')`,
    [org.id, history.connectionIds[0]],
  );
});

type Who = { kind: "project" | "user" | "api_key"; itemId: string };
const project = (itemId: string): Who => ({ kind: "project", itemId });
const whole = (costCenterId: string): Rule => ({ method: "fixed", shares: [{ costCenterId, percent: "100" }] });

const assign = (item: Who, rule: Rule | null, from = "2026-01-01", to: string | null = null) =>
  org.access.inScope((scope) => setRule(scope, { items: [item], rule, from, to }));

const forget = () => database.owner.query("delete from allocation_rules where org_id = $1", [org.id]);

async function charges(range = month, markups: Parameters<typeof chargesBy>[2]["markups"] = []) {
  return org.access.inScope(async (scope) =>
    chargesBy(scope, "project", { range, labels: await costCenterLabels(scope, range), markups }),
  );
}

const sumsBy = (rows: readonly { costCenterId: string; billed: string }[]) =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ costCenterId }) => costCenterId)].map(([key, own]) => [
      key,
      sumDecimals(own.map(({ billed }) => billed)),
    ]),
  );

type Fact = History["facts"][number];

/** The invoice's dollars in a range, added up one by one after multiplying each by `part`. */
function given(part: (fact: Fact) => string, range = month): string {
  let sum = new Exact(0);
  for (const fact of history.facts) {
    const day = toUtcDay(fact.at);
    if (fact.stream !== "costs.project" || fact.currency !== "usd" || day < range.from || day >= range.to) continue;
    sum = sum.plus(new Exact(usd(fact.measures.cost ?? 0n)).times(part(fact)));
  }
  return plainDecimal(sum.toFixed());
}

describe("charges", () => {
  it("are nobody's without rules", async () => {
    await forget();
    expect(sumsBy(await charges())).toEqual({ "": given(() => "1") });
  });

  it("follow the key, else its owner, else the project", async () => {
    await forget();
    await assign(project("proj_a"), whole(centers.red));
    await assign(project("proj_b"), whole(centers.red));
    await assign({ kind: "user", itemId: "user-2" }, whole(centers.blue));
    await assign({ kind: "api_key", itemId: "key_proj_a" }, whole(centers.green));
    const sums = sumsBy(await charges());
    const byKey = (key: string) => (fact: Fact) => (fact.apiKeyId === key ? "1" : "0");
    expect(sums[centers.green]).toBe(given(byKey("key_proj_a")));
    expect(sums[centers.blue]).toBe(given(byKey("key_proj_b")));
    expect(sums[centers.red]).toBe(
      given((fact) => (fact.apiKeyId === null && ["proj_a", "proj_b"].includes(fact.projectId ?? "") ? "1" : "0")),
    );
    await assign({ kind: "api_key", itemId: "key_proj_b" }, whole(centers.green));
    expect(sumsBy(await charges())[centers.blue]).toBeUndefined();
  });

  it("of a shared project are parts by percent that add up to the bill, what is left being nobody's", async () => {
    await forget();
    await assign(project("proj_a"), {
      method: "fixed",
      shares: [
        { costCenterId: centers.red, percent: "33.3333" },
        { costCenterId: centers.blue, percent: "50" },
      ],
    });
    const rows = await charges();
    const sums = sumsBy(rows);
    const ofProject = (share: string) => (fact: Fact) => (fact.projectId === "proj_a" ? share : "0");
    expect(sums[centers.red]).toBe(given(ofProject("0.333333")));
    expect(sums[centers.blue]).toBe(given(ofProject("0.5")));
    expect(sums[""]).toBe(given((fact) => (fact.projectId === "proj_a" ? "0.166667" : "1")));
    expect(sumDecimals(Object.values(sums))).toBe(given(() => "1"));
    expect(rows.every(({ costCenterId, billed, shared }) => costCenterId === "" || shared === billed)).toBe(true);
  });

  it("of a project that is shared in proportion go by the same day's other charges, to the last digit", async () => {
    await forget();
    await assign(project("proj_a"), whole(centers.red));
    await assign(project("proj_b"), whole(centers.blue));
    await assign(project("proj_c"), { method: "proportional", costCenterIds: [] });
    let sum = "0";
    for (const from of utcDaysBetween(month.from, month.to)) {
      const day = { from, to: toUtcDay(new Date(Date.parse(from) + 86_400_000)) };
      const direct = (id: string) => new Exact(given((fact) => (fact.projectId === id ? "1" : "0"), day));
      const [a, b] = [direct("proj_a"), direct("proj_b")].map((amount) => Exact.max(amount, 0));
      const shared = new Exact(given((fact) => (fact.projectId === "proj_c" ? "1" : "0"), day));
      const sums = sumsBy(await charges(day));
      if (a?.plus(b ?? 0).gt(0)) {
        const share = a.div(a.plus(b ?? 0));
        const expected = direct("proj_a").plus(shared.times(share));
        expect(
          expected
            .minus(sums[centers.red] ?? 0)
            .abs()
            .lt("1e-8"),
        ).toBe(true);
        expect(sumDecimals([sums[centers.red] ?? "0", sums[centers.blue] ?? "0"])).toBe(
          plainDecimal(shared.plus(direct("proj_a")).plus(direct("proj_b")).toFixed()),
        );
      }
      sum = sumDecimals([sum, ...Object.values(sums)]);
    }
    expect(sum).toBe(given(() => "1"));
    expect(sumDecimals(Object.values(sumsBy(await charges())))).toBe(sum);
  });

  it("of the past stay when something is moved", async () => {
    await forget();
    await assign(project("proj_a"), whole(centers.red));
    await assign(project("proj_a"), whole(centers.blue), "2026-03-16");
    const sums = sumsBy(await charges());
    const ofDays = (isWanted: (day: string) => boolean) =>
      given((fact) => (fact.projectId === "proj_a" && isWanted(toUtcDay(fact.at)) ? "1" : "0"));
    expect(sums[centers.red]).toBe(ofDays((day) => day < "2026-03-16"));
    expect(sums[centers.blue]).toBe(ofDays((day) => day >= "2026-03-16"));
  });

  it("are shown with the markup of each day beside them, and billed without", async () => {
    await forget();
    await assign(project("proj_a"), whole(centers.red));
    const markups = [{ costCenterId: centers.red, from: "2026-03-10", to: "2026-03-20", percent: "12.5" }];
    const rows = await charges(month, markups);
    const red = rows.filter(({ costCenterId }) => costCenterId === centers.red);
    const ofProject = (fact: Fact) => fact.projectId === "proj_a";
    expect(sumDecimals(red.map(({ billed }) => billed))).toBe(given((fact) => (ofProject(fact) ? "1" : "0")));
    expect(sumDecimals(red.map(({ shown }) => shown))).toBe(
      given((fact) => {
        const day = toUtcDay(fact.at);
        return ofProject(fact) ? (day >= "2026-03-10" && day < "2026-03-20" ? "1.125" : "1") : "0";
      }),
    );
  });

  it("tie to the month of the overview", async () => {
    const { totals } = await callAs(org.owner).usage.overview({ org: org.slug, range: month });
    expect(sumDecimals((await charges()).map(({ billed }) => billed))).toBe(totals.amount);
  });
});

describe("what holds", () => {
  it("for a key is told with where it comes from", async () => {
    await forget();
    const of = (item: Who) => api().item({ org: org.slug, ...item });
    const key: Who = { kind: "api_key", itemId: "key_proj_b" };
    const ref = { org: org.slug, key: "team", from: "2026-01-01", to: null };
    await assign(project("proj_b"), whole(centers.red));
    await api().setTag({ ...ref, items: [project("proj_b")], value: "platform" });
    expect((await of(key)).effective).toEqual({
      tags: [{ key: "team", value: "platform", source: "project" }],
      rule: { value: whole(centers.red), source: "project" },
    });
    await api().setTag({ ...ref, items: [{ kind: "user", itemId: "user-2" }], value: "search" });
    await assign(key, whole(centers.green));
    expect((await of(key)).effective).toEqual({
      tags: [{ key: "team", value: "search", source: "user" }],
      rule: { value: whole(centers.green), source: "api_key" },
    });
  });

  it("for a tag on some days leaves the others as they were", async () => {
    const ref = { org: org.slug, key: "env", items: [project("proj_a")] };
    await api().setTag({ ...ref, value: "prod", from: "2026-01-01", to: null });
    await api().setTag({ ...ref, value: "test", from: "2026-02-01", to: "2026-03-01" });
    const { tags } = await api().item({ org: org.slug, ...project("proj_a") });
    expect(tags.find(({ key }) => key === "env")?.timeline).toEqual([
      { from: "2026-01-01", value: "prod" },
      { from: "2026-02-01", value: "test" },
      { from: "2026-03-01", value: "prod" },
    ]);
  });
});

describe("aliases", () => {
  const item = { kind: "api_key", itemId: "key_proj_b" } as const;
  const member = async () => (await api().item({ org: org.slug, ...item })).member;

  it("stand before the provider's name, which comes back", async () => {
    await api().setAlias({ org: org.slug, ...item, name: "Search backend" });
    expect(await member()).toMatchObject({ name: "Search backend", providerName: "Ben's key" });
    const { rows } = await callAs(org.owner).usage.breakdown({ org: org.slug, dimension: "api_key", range: month });
    expect(rows.find(({ key }) => key === item.itemId)?.name).toBe("Search backend");
    await api().setAlias({ org: org.slug, ...item, name: null });
    expect(await member()).toMatchObject({ name: "Ben's key" });
    expect((await member()).providerName).toBeUndefined();
  });

  it("outlive what a sync writes", async () => {
    await api().setAlias({ org: org.slug, ...item, name: "Search backend" });
    await database.owner.query("update directory_items set name = 'Renamed there' where org_id = $1 and id = $2", [
      org.id,
      item.itemId,
    ]);
    expect(await member()).toMatchObject({ name: "Search backend", providerName: "Renamed there" });
  });

  it("can be given to what only figures name, and to nothing else", async () => {
    await api().setAlias({ org: org.slug, kind: "project", itemId: "proj_a", name: "Assistant" });
    expect((await api().item({ org: org.slug, kind: "project", itemId: "proj_a" })).member).toMatchObject({
      name: "Assistant",
      providerName: null,
    });
    const attempt = api().setAlias({ org: org.slug, kind: "project", itemId: "proj_none", name: "x" });
    await expect(attempt).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("are found by a search in explore", async () => {
    const query = {
      measure: "cost" as const,
      granularity: "month" as const,
      range: month,
      filters: [{ dimension: "project" as const, op: "search" as const, text: "assist" }],
    };
    const { totals } = await callAs(org.owner).explore.query({ org: org.slug, query });
    expect(totals.value).toBe(given((fact) => (fact.projectId === "proj_a" ? "1" : "0")));
  });
});

describe("cost centers", () => {
  it("have names of their own, and stay while rules name them", async () => {
    await forget();
    const costCenterId = await addCenter("Violet");
    await expect(addCenter("violet")).rejects.toMatchObject({ code: "CONFLICT" });
    await assign(project("proj_a"), whole(costCenterId));
    await expect(api().removeCostCenter({ org: org.slug, costCenterId })).rejects.toMatchObject({
      code: "PRECONDITION_FAILED",
    });
    await forget();
    await api().removeCostCenter({ org: org.slug, costCenterId });
    expect((await api().costCenters({ org: org.slug })).map(({ name }) => name)).toEqual(["Blue", "Green", "Red"]);
  });

  it("have markups by day, in the audit log with what was before", async () => {
    const ref = { org: org.slug, costCenterId: centers.red };
    await api().setMarkup({ ...ref, percent: "5", from: "2026-01-01", to: null });
    await api().setMarkup({ ...ref, percent: "-10", from: "2026-03-01", to: "2026-04-01" });
    const red = (await api().costCenters({ org: org.slug })).find(({ id }) => id === centers.red);
    expect(red?.markups).toEqual([
      { from: "2026-01-01", percent: "5" },
      { from: "2026-03-01", percent: "-10" },
      { from: "2026-04-01", percent: "5" },
    ]);
    const { rows } = await database.owner.query(
      "select before, after from audit_events where org_id = $1 and action = 'cost_center.markup' order by seq desc limit 1",
      [org.id],
    );
    expect(rows[0].before).toEqual({ markups: [{ fromDay: "2026-01-01", value: "5" }] });
  });

  it("of another organization cannot be named", async () => {
    const other = await makeOrg("Other");
    const { costCenterId } = await callAs(other.owner).allocation.createCostCenter({ org: other.slug, name: "Red" });
    await expect(assign(project("proj_a"), whole(costCenterId))).rejects.toMatchObject({ code: "not_found" });
  });
});

it("readers see everything and change nothing", async () => {
  const reader = callAs(await makeMember(org, "reader")).allocation;
  expect((await reader.items({ org: org.slug, kind: "project" })).map(({ key }) => key)).toContain("proj_a");
  expect((await reader.tags({ org: org.slug })).map(({ key }) => key)).toEqual(["env", "team"]);
  await expect(reader.createCostCenter({ org: org.slug, name: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
});
