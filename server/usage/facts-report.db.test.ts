import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDecimals, plainDecimal } from "@/server/lib/money";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";
import type { SyncKind } from "@/server/sync/schema";
import { runInline } from "@/server/sync/run-inline";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { reportCosts, reportUsage } from "@/server/usage/facts-report";
import { type CostGroup, groupFields, type ReportGroup, type UsageGroup } from "@/server/usage/facts-report-groups";
import { modelOfLineItem } from "@/server/usage/normalise";

// Reports against the sandbox's own totals: a separate program that counts without our code.

useTestDatabase();
const NOW = "2026-10-20T15:30:00Z";
const CLOSED = { from: "2026-10-11", to: "2026-10-20" };
const DAYS = 10;
const ADMIN_KEY = "sk-admin-sandbox-acme-readonly";

let provider: Provider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider(NOW);
  await provider.control("switches", { foreignCurrency: true });
  org = await makeOrg();
  connectionId = await connectAndSync(org, { adminKey: ADMIN_KEY, backfillDays: DAYS });
}, 120_000);
afterAll(() => provider.close());

async function connectAndSync(target: TestOrg, options: Parameters<typeof makeConnection>[1]): Promise<string> {
  const id = await makeConnection(target, { baseUrl: provider.url, ...options });
  expect((await sync("backfill", target, id)).state).toBe("succeeded");
  return id;
}

const sync = (kind: SyncKind, target = org, connection = connectionId) =>
  runInline(
    target.access,
    { connectionId: connection, kind, trigger: "cli" },
    { concurrency: 4, now: provider.now, retry: { baseDelayMs: 1 }, lookEveryMs: 50 },
  );

const costsBy = (...groupBy: CostGroup[]) =>
  org.access.inScope((scope) => reportCosts(scope, { range: CLOSED, groupBy }));

type Truth = {
  group: Record<string, string | boolean | null>;
  currency: string;
  amount: string;
  measures: Record<string, number>;
};

async function truth(what: "costs" | "usage", query: Record<string, string>, groups: readonly string[] = []) {
  const url = new URL(`/control/truth/${what}`, provider.url);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  for (const group of groups) url.searchParams.append("group_by", group);
  return ((await (await fetch(url)).json()) as { data: Truth[] }).data;
}

/** Dollars by the text of a group; groups that fall together are added up, as the provider's lists may split them. */
function totals<Row>(rows: readonly Row[], describe: (row: Row) => [key: unknown, amount: string]) {
  const sums: Record<string, string> = {};
  for (const row of rows) {
    const [key, amount] = describe(row);
    sums[JSON.stringify(key)] = addDecimals(sums[JSON.stringify(key)] ?? "0", amount);
  }
  return sums;
}

const inDollars = (rows: readonly Truth[]) => rows.filter(({ currency }) => currency === "usd");

describe("costs", () => {
  const fields = (groups: readonly CostGroup[]) => groups.map((group) => groupFields[group].id);

  it.each<CostGroup[][]>([
    [["project"]],
    [["key"]],
    [["line_item"]],
    [["user"]],
    [["user", "line_item"]],
    [["line_item", "project", "key"]],
  ])("by %s are the provider's to the last digit", async (groups) => {
    const { rows } = await costsBy(...groups);
    const names = fields(groups);
    const expected = totals(inDollars(await truth("costs", CLOSED, names)), ({ group, amount }) => [
      names.map((name) => group[name]),
      amount,
    ]);
    const dollars = rows.filter((row) => row.currency === undefined);
    expect(dollars).not.toHaveLength(0);
    expect(totals(dollars, (row) => [names.map((name) => row[name]), String(row.amount)])).toEqual(expected);
    expect(dollars.every((row) => row.amount === plainDecimal(String(row.amount)))).toBe(true);
  });

  it("by model are the line items of that model", async () => {
    const { rows } = await costsBy("model");
    const expected = totals(inDollars(await truth("costs", CLOSED, ["line_item"])), ({ group, amount }) => [
      modelOfLineItem(group.line_item as string | null),
      amount,
    ]);
    const dollars = rows.filter((row) => row.currency === undefined);
    expect(totals(dollars, (row) => [row.model, String(row.amount)])).toEqual(expected);
  });

  it("by day hold every day, in order, and add up to the one row without groups", async () => {
    const days = utcDaysBetween(CLOSED.from, CLOSED.to);
    const expected: { day: string; amount: string }[] = [];
    for (const day of days) {
      const [total] = inDollars(await truth("costs", { from: day, to: addUtcDays(day, 1) }));
      expected.push({ day, amount: plainDecimal(total?.amount ?? "0") });
    }
    const { rows } = await costsBy("day");
    expect(rows.filter((row) => row.currency === undefined)).toEqual(expected);
    const [total] = (await costsBy()).rows;
    expect(total).toEqual({ amount: expected.reduce((sum, { amount }) => addDecimals(sum, amount), "0") });
  });

  it("in another currency are rows of their own", async () => {
    const { rows } = await costsBy();
    expect(rows).toHaveLength(2);
    expect(rows[1]).toEqual({ currency: "eur", amount: expect.stringMatching(/^\d/) });
  });

  it("carry the directory's names beside the ids, and null where the provider gave none", async () => {
    const { rows } = await costsBy("project", "key");
    expect(Object.keys(rows[0] ?? {})).toEqual(["project_id", "project_name", "api_key_id", "api_key_name", "amount"]);
    const named = rows.filter((row) => row.project_id !== null);
    expect(named.every((row) => typeof row.project_name === "string")).toBe(true);
    expect(rows.some((row) => row.project_id === null && row.project_name === null)).toBe(true);
    const people = (await costsBy("user")).rows.filter((row) => row.user_name !== null);
    expect(people.length).toBeGreaterThan(5);
  });

  it("by user and project are refused: no list of the provider holds both", async () => {
    await expect(costsBy("user", "project")).rejects.toMatchObject({ code: "invalid" });
    await expect(costsBy("key", "day", "user")).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("usage", () => {
  const usageBy = (endpoint: "completions" | "images" | "vector_stores", groupBy: UsageGroup[], range = CLOSED) =>
    org.access.inScope((scope) => reportUsage(scope, { endpoint, range, groupBy }));

  /** Measures that are zero say the same as measures that are missing. */
  const nonZero = (measures: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(measures).flatMap(([name, value]) =>
        value === null || Number(value) === 0 ? [] : [[name, Number(value)]],
      ),
    );

  function countsOf(rows: readonly Record<string, unknown>[], groups: readonly ReportGroup[]) {
    const ids = groups.map((group) => groupFields[group].id);
    const notCounted = new Set(groups.flatMap((group) => Object.values(groupFields[group])));
    return Object.fromEntries(
      rows.map((row) => [
        JSON.stringify(ids.map((id) => row[id])),
        nonZero(Object.fromEntries(Object.entries(row).filter(([name]) => !notCounted.has(name)))),
      ]),
    );
  }

  it.each<UsageGroup[][]>([
    [["project"]],
    [["model"]],
    [["key"]],
    [["user"]],
    [["batch"]],
    [["service_tier"]],
    [["model", "project", "user"]],
  ])("of completions by %s is the provider's", async (groups) => {
    const names = groups.map((group) => groupFields[group].id);
    const expected = (await truth("usage", { endpoint: "completions", ...CLOSED }, names)).map(
      ({ group, measures }) => [JSON.stringify(names.map((name) => group[name])), nonZero(measures)],
    );
    const { rows } = await usageBy("completions", groups);
    expect(rows.length).toBeGreaterThan(1);
    expect(countsOf(rows, groups)).toEqual(Object.fromEntries(expected));
  });

  it("by day and by hour is the provider's", async () => {
    const expected: Record<string, object> = {};
    for (const day of utcDaysBetween(CLOSED.from, CLOSED.to)) {
      const [total] = await truth("usage", { endpoint: "completions", from: day, to: addUtcDays(day, 1) });
      expected[JSON.stringify([day])] = nonZero(total?.measures ?? {});
    }
    expect(countsOf((await usageBy("completions", ["day"])).rows, ["day"])).toEqual(expected);

    const hours: Record<string, object> = {};
    const start = Date.parse("2026-10-14T00:00:00Z");
    for (let hour = 0; hour < 24; hour += 1) {
      const [from = "", to = ""] = [0, 1].map((more) => new Date(start + (hour + more) * 3_600_000).toISOString());
      const [total] = await truth("usage", { endpoint: "completions", from, to });
      if (total) hours[JSON.stringify([from.replace(".000", "")])] = nonZero(total.measures);
    }
    const { rows } = await usageBy("completions", ["hour"], { from: "2026-10-14", to: "2026-10-15" });
    expect(rows.length).toBeGreaterThan(20);
    expect(countsOf(rows, ["hour"])).toEqual(hours);
  });

  it.each(["images", "vector_stores"] as const)("of %s counts in the endpoint's own unit", async (endpoint) => {
    const [total] = await truth("usage", { endpoint, ...CLOSED });
    const { rows } = await usageBy(endpoint, []);
    expect(rows).toHaveLength(1);
    expect(nonZero(rows[0] ?? {})).toEqual(nonZero(total?.measures ?? {}));
    expect(nonZero(rows[0] ?? {})).toHaveProperty(endpoint === "images" ? "images" : "usage_bytes");
  });

  it("that is stored by day has a day and no hour", async () => {
    const daily = await makeOrg("Daily");
    await connectAndSync(daily, { adminKey: ADMIN_KEY, backfillDays: 3, usageGranularity: "day" });
    const { rows } = await daily.access.inScope((scope) =>
      reportUsage(scope, { endpoint: "completions", range: CLOSED, groupBy: ["day", "hour"] }),
    );
    expect(rows.map(({ day, hour }) => [day, hour])).toEqual([
      ["2026-10-18", null],
      ["2026-10-19", null],
    ]);
  });
});

describe("what is said about the figures", () => {
  const coverageOf = async (from: string, to: string) => {
    const range = { from, to };
    const { asOf, isComplete, missing, problems } = await org.access.inScope((scope) =>
      reportCosts(scope, { range, groupBy: [] }),
    );
    return { asOf, isComplete, missing, problems };
  };

  it("closed days that were fetched are complete, as of the last look", async () => {
    expect(await coverageOf(CLOSED.from, CLOSED.to)).toEqual({
      asOf: expect.stringMatching(/^2026-10-20T15:30:/),
      isComplete: true,
      missing: [],
      problems: [],
    });
  });

  it("today, the future and days before the back-fill are missing", async () => {
    expect(await coverageOf("2026-10-08", "2026-10-23")).toMatchObject({
      isComplete: false,
      missing: [
        { from: "2026-10-08", to: "2026-10-11" },
        { from: "2026-10-20", to: "2026-10-23" },
      ],
    });
  });

  it("a range that was never fetched has an unknown total, an idle one the total zero", async () => {
    const never = await org.access.inScope((scope) =>
      reportCosts(scope, { range: { from: "2026-08-01", to: "2026-08-05" }, groupBy: [] }),
    );
    expect(never.rows).toEqual([{ amount: null }]);
    const idle = await makeOrg("Idle");
    await connectAndSync(idle, { adminKey: "sk-admin-sandbox-empty", backfillDays: 3 });
    const range = { from: "2026-10-18", to: "2026-10-20" };
    const report = await idle.access.inScope((scope) => reportCosts(scope, { range, groupBy: [] }));
    expect(report).toMatchObject({ rows: [{ amount: "0" }], isComplete: true });
  });

  it("an org without connection knows nothing", async () => {
    const bare = await makeOrg("Bare");
    const report = await bare.access.inScope((scope) => reportCosts(scope, { range: CLOSED, groupBy: ["day"] }));
    expect(report).toEqual({ rows: [], asOf: null, isComplete: false, missing: [CLOSED], problems: [] });
  });

  it("another org sees nothing of it", async () => {
    const other = await makeOrg("Other");
    const report = await other.access.inScope((scope) => reportCosts(scope, { range: CLOSED, groupBy: ["project"] }));
    expect(report.rows).toEqual([]);
  });

  it("a failing stream makes covered days incomplete and is named, until it is well again", async () => {
    await provider.control("faults", { match: "organization/costs", status5xx: { everyN: 1, status: 503 } });
    expect((await sync("trailing")).state).toBe("partial");
    expect(await coverageOf(CLOSED.from, CLOSED.to)).toMatchObject({
      isComplete: false,
      missing: [],
      problems: [{ connectionId, stream: "costs.project", code: "transient" }],
    });
    await provider.clearFaults();
    expect((await sync("trailing")).state).toBe("succeeded");
    expect((await coverageOf(CLOSED.from, CLOSED.to)).isComplete).toBe(true);
  }, 60_000);
});

describe("what changes at the provider", () => {
  it("nothing: a sync writes nothing", async () => {
    const run = await sync("trailing");
    expect(run.streams.map(({ rowsWritten, rowsRemoved }) => rowsWritten + rowsRemoved)).toEqual(
      run.streams.map(() => 0),
    );
  });

  it("amounts up, down and gone: the report follows", async () => {
    const { rows } = await costsBy("project");
    const projectId = rows.find((row) => row.project_id !== null)?.project_id as string;
    await provider.control("restate", { day: "2026-10-18", projectId, factor: "1.5" });
    await provider.control("restate", { day: "2026-10-19", factor: "0.25" });
    await provider.control("restate", { day: "2026-10-17", projectId, remove: true });
    await sync("trailing");
    const after = (await costsBy("project", "line_item")).rows.filter((row) => row.currency === undefined);
    const expected = totals(
      inDollars(await truth("costs", CLOSED, ["project_id", "line_item"])),
      ({ group, amount }) => [[group.project_id, group.line_item], amount],
    );
    expect(totals(after, (row) => [[row.project_id, row.line_item], String(row.amount)])).toEqual(expected);
  });
});
