import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { withTenantConnection } from "@/server/db/tenant";
import { addUtcDays, parseUtcDay, utcDaysBetween } from "@/server/lib/time";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { getBreakdown } from "@/server/usage/breakdown";
import { previousRangeOf } from "@/server/usage/day-ranges";
import { measureColumns } from "@/server/usage/measures";
import { getOverview } from "@/server/usage/overview";
import type { CostFacts, UsageFacts } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import type { DayRange } from "@/server/usage/schema";
import { type SeriesDimensions, SeriesTable, type StreamRef } from "@/server/usage/series";
import { type Span, spans } from "@/server/usage/spans";
import { largestMover, spendByDay, spendByKey, usageByKey } from "@/server/usage/spend.sql";

// Sums over ranges against the amounts as they were given, added up one by one.

const database = useTestDatabase();
const HISTORY: DayRange = { from: "2026-01-20", to: "2026-06-11" };
const PROJECTS = Array.from({ length: 9 }, (_, i) => i);
const USERS = [...PROJECTS.map((i) => `user-${i}`), null];
let org: TestOrg;
const streams = {} as Record<"costs.project" | "costs.user" | "usage.completions", StreamRef>;
/** In cents by "day project". */
const given = new Map<string, number>();

const none: SeriesDimensions = {
  projectId: null,
  userId: null,
  apiKeyId: null,
  model: null,
  lineItem: null,
  batch: null,
  serviceTier: null,
  currency: null,
  quantityUnit: null,
  more: [],
};

/** Each project has days without a row, and all of them the first of March. */
const centsOf = (day: string, project: number) => {
  const number = Date.parse(day) / 86_400_000;
  return day === "2026-03-01" || (number + project) % 5 === 0 ? null : ((number * (project + 3)) % 97) - 20;
};

const usd = (cents: number) =>
  `${cents < 0 ? "-" : ""}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, "0")}`;

function costsOf(days: readonly string[], cents: (day: string, project: number) => number | null): CostFacts {
  const series = new SeriesTable();
  const rows: CostFacts["rows"] = [];
  for (const day of days) {
    for (const project of PROJECTS) {
      const amount = cents(day, project);
      if (amount === null) continue;
      const number = series.numberOf({ ...none, projectId: `proj_${project}`, currency: "usd" });
      rows.push({ bucketStart: parseUtcDay(day).getTime(), series: number, amount: usd(amount), quantity: null });
    }
  }
  return { kind: "costs", series, rows };
}

function usageOf(days: readonly string[]): UsageFacts {
  const series = new SeriesTable();
  const number = series.numberOf({ ...none, projectId: "proj_0" });
  const rows = days.map((day) => ({
    bucketStart: parseUtcDay(day).getTime(),
    series: number,
    measures: measureColumns.map((column) => (column === "requests" ? 1 : column === "input_tokens" ? 10 : null)),
    quantity: null,
    more: null,
  }));
  return { kind: "usage", series, rows };
}

async function store(stream: StreamRef, range: DayRange, facts: CostFacts | UsageFacts) {
  const window = {
    stream,
    width: "1d",
    start: parseUtcDay(range.from),
    end: parseUtcDay(range.to),
    fetchedAt: new Date("2026-06-12T00:00:00Z"),
  } as const;
  await withTenantConnection(org.id, (client) => replaceWindow(client, org.id, window, facts));
}

async function storeCosts(range: DayRange, cents: (day: string, project: number) => number | null) {
  const days = utcDaysBetween(range.from, range.to);
  await store(streams["costs.project"], range, costsOf(days, cents));
  for (const day of days) {
    for (const project of PROJECTS) {
      const amount = cents(day, project);
      if (amount === null) given.delete(`${day} proj_${project}`);
      else given.set(`${day} proj_${project}`, amount);
    }
  }
}

beforeAll(async () => {
  org = await makeOrg();
  const connectionId = await makeConnection(org);
  for (const name of ["costs.project", "costs.user", "usage.completions"] as const) {
    const { rows } = await database.owner.query(
      "insert into streams (org_id, connection_id, name, grouping) values ($1, $2, $3, '{}') returning id",
      [org.id, connectionId, name],
    );
    streams[name] = { id: rows[0].id, connectionId, name };
  }
  await storeCosts(HISTORY, centsOf);
  // As the provider restated it: rows added, changed and gone, a whole month of one project among them.
  await storeCosts({ from: "2026-02-10", to: "2026-02-20" }, (day, project) => (centsOf(day, project) ?? 50) + project);
  await storeCosts({ from: "2026-04-01", to: "2026-05-01" }, (_, project) => (project === 1 ? null : 12));
  await storeCosts({ from: "2026-05-03", to: "2026-05-05" }, () => null);
  await store(streams["usage.completions"], HISTORY, usageOf(utcDaysBetween(HISTORY.from, HISTORY.to)));
  await store(streams["costs.user"], HISTORY, usersOf(utcDaysBetween(HISTORY.from, HISTORY.to)));
});

/** The list by user lacks most of the money. */
function usersOf(days: readonly string[]): CostFacts {
  const series = new SeriesTable();
  const rows = days.flatMap((day) =>
    USERS.map((userId, i) => ({
      bucketStart: parseUtcDay(day).getTime(),
      series: series.numberOf({ ...none, userId, currency: "usd" }),
      amount: usd(i + 1),
      quantity: null,
    })),
  );
  return { kind: "costs", series, rows };
}

const sumGiven = (range: DayRange, project: string): number | null => {
  const cents = utcDaysBetween(range.from, range.to).flatMap((day) => given.get(`${day} ${project}`) ?? []);
  return cents.length === 0 ? null : cents.reduce((sum, amount) => sum + amount, 0);
};

const cents = (amount: string | null | undefined) => (amount == null ? null : Math.round(Number(amount) * 100));

const rangeInOrAroundHistory = fc
  .tuple(fc.integer({ min: -40, max: 150 }), fc.integer({ min: 1, max: 150 }))
  .map(([offset, length]) => {
    const from = addUtcDays(HISTORY.from, offset);
    return { from, to: addUtcDays(from, length) };
  });

const transactions = [
  ["of a snapshot, where days without rows are known", { isSnapshot: true }],
  ["of a transaction that others may write beside", { isSnapshot: false }],
] as const;

describe.each(transactions)("sums over a range %s", (_, options) => {
  it("are what was given, for the range and the one before, and null where nothing was", () =>
    org.access.inScope(
      (scope) =>
        fc.assert(
          fc.asyncProperty(rangeInOrAroundHistory, async (range) => {
            const previousRange = previousRangeOf(range);
            const rows = (await spendByKey(scope, ["project"], { range, previousRange })).get("project") ?? [];
            for (const project of PROJECTS.map((number) => `proj_${number}`)) {
              const row = rows.find(({ key }) => key === project);
              expect(cents(row?.amount)).toBe(sumGiven(range, project));
              expect(cents(row?.previousAmount)).toBe(sumGiven(previousRange, project));
            }
          }),
          { numRuns: 60 },
        ),
      options,
    ));

  it("name who moved most, by what was given", () =>
    org.access.inScope(
      (scope) =>
        fc.assert(
          fc.asyncProperty(rangeInOrAroundHistory, async (range) => {
            const previousRange = previousRangeOf(range);
            const moves = PROJECTS.map((number) => {
              const [now, before] = [range, previousRange].map((of) => sumGiven(of, `proj_${number}`) ?? 0);
              return Math.abs((now ?? 0) - (before ?? 0));
            });
            const moved = await largestMover(scope, "project", { range, previousRange });
            const found = moved && Math.abs((cents(moved.amount) ?? 0) - (cents(moved.previousAmount) ?? 0));
            expect(found ?? 0).toBe(Math.max(...moves));
          }),
          { numRuns: 30 },
        ),
      options,
    ));

  it("count requests and tokens of each day once", () =>
    org.access.inScope(
      (scope) =>
        fc.assert(
          fc.asyncProperty(rangeInOrAroundHistory, async (range) => {
            const days = utcDaysBetween(range.from, range.to).filter((day) => day >= HISTORY.from && day < HISTORY.to);
            const counted = (await usageByKey(scope, ["project"], range)).get("project")?.get("proj_0");
            expect(counted?.requests ?? 0).toBe(days.length);
            expect(counted?.inputTokens ?? 0).toBe(10 * days.length);
          }),
          { numRuns: 30 },
        ),
      options,
    ));
});

describe("roll-ups over spans", () => {
  it("leave no row of a span whose days are all gone", async () => {
    const projectsOf = async (span: Span, starts: string) => {
      const { rows } = await database.owner.query(
        "select key from cost_spans where org_id = $1 and dimension = 1 and span = $2 and starts = $3 order by key",
        [org.id, spans[span], starts],
      );
      return rows.map(({ key }) => key);
    };
    const all = PROJECTS.map((project) => `proj_${project}`);
    const allButOne = all.filter((key) => key !== "proj_1");
    expect(await projectsOf("five_days", "2026-04-26")).toEqual(allButOne);
    expect(await projectsOf("month", "2026-04-01")).toEqual(allButOne);
    expect(await projectsOf("quarter", "2026-04-01")).toEqual(all);
  });
});

describe("amounts by day", () => {
  it("are one for each day, over all connections, with every digit", async () => {
    const other = await makeOrg();
    const amounts = [
      ["2026-03-02", 1, "0.100000000000000000000000000001"],
      ["2026-03-02", 2, "2.9"],
      ["2026-03-04", 2, "-0.50"],
    ];
    for (const [day, streamId, amount] of amounts) {
      await database.owner.query(
        "insert into cost_daily (org_id, dimension, day, key, stream_id, amount) values ($1, 1, $2, 'proj_0', $3, $4)",
        [other.id, day, streamId, amount],
      );
    }
    const range = { from: "2026-03-01", to: "2026-03-05" };
    const read = await other.access.inScope((scope) => spendByDay(scope, ["project"], range, ["proj_0", "proj_1"]));
    expect(read.get("project")?.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toEqual([
      { day: "2026-03-02", key: "proj_0", amount: "3.000000000000000000000000000001" },
      { day: "2026-03-04", key: "proj_0", amount: "-0.5" },
    ]);
  });
});

describe("the overview", () => {
  it.each(["2026-02-03", "2026-03-01", "2026-04-20"])(
    "shows the first rows and the chart of the breakdowns, which read all of them: from %s",
    async (from) => {
      const range = { from, to: "2026-05-10" };
      await org.access.inScope(async (scope) => {
        const { top, series } = await getOverview(scope, range);
        for (const dimension of ["project", "user"] as const) {
          const { rows } = await getBreakdown(scope, { dimension, range });
          expect(rows.length).toBeGreaterThan(7);
          expect(top[dimension]).toEqual(rows.slice(0, 5));
        }
        expect(series).toEqual((await getBreakdown(scope, { dimension: "project", range })).series);
      });
    },
  );
});

describe("the overview of the running month and of yesterday", () => {
  const sumOfAll = (range: DayRange) =>
    PROJECTS.reduce((sum, number) => sum + (sumGiven(range, `proj_${number}`) ?? 0), 0);

  it.each([
    ["2026-05-20", { from: "2026-05-01", to: "2026-05-21" }],
    ["2026-03-01", { from: "2026-03-01", to: "2026-03-02" }],
  ])("adds up what was given: on %s", async (today, month) => {
    const now = new Date(`${today}T12:00:00Z`);
    const yesterday = addUtcDays(today, -1);
    const overview = await org.access.inScope((scope) => getOverview(scope, month, now), { isSnapshot: true });
    expect(overview.monthToDate).toMatchObject(month);
    expect(cents(overview.monthToDate.amount) ?? 0).toBe(sumOfAll(month));
    expect(cents(overview.yesterday.amount)).toBe(sumOfAll({ from: yesterday, to: today }));
    const before = [1, 2, 3, 4].map((weeks) => addUtcDays(yesterday, -7 * weeks));
    const usual = before.reduce((sum, day) => sum + sumOfAll({ from: day, to: addUtcDays(day, 1) }), 0) / before.length;
    expect(Number(overview.yesterday.usualAmount) * 100).toBeCloseTo(usual, 6);
  });
});

describe("a breakdown by user", () => {
  const sumOf = (values: readonly (string | null)[]) => values.reduce((sum, value) => sum + (cents(value) ?? 0), 0);

  it.each([
    ["with nobody among the largest", { from: "2026-04-03", to: "2026-05-02" }],
    ["where the list by user has days of its own", { from: "2026-02-21", to: "2026-03-05" }],
  ])("ties rows and chart to the total: %s", async (_, range) => {
    const { totals, rows, series } = await org.access.inScope((scope) =>
      getBreakdown(scope, { dimension: "user", range }),
    );
    expect(sumOf(rows.map(({ amount }) => amount))).toBe(cents(totals.amount));
    for (const [i, day] of series.days.entries()) {
      const amounts = PROJECTS.flatMap((project) => given.get(`${day} proj_${project}`) ?? []);
      // The list by user alone has something then: there is no total to tie it to.
      if (amounts.length === 0) continue;
      const total = amounts.reduce((sum, amount) => sum + amount, 0);
      expect(sumOf(series.values.map((values) => values[i] ?? null))).toBe(total);
    }
  });
});
