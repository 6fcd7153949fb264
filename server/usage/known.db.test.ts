import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { executeRun } from "@/server/sync/execute-run";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { getBreakdown } from "@/server/usage/breakdown";
import { getMemberDetail } from "@/server/usage/member-detail";
import { getOverview } from "@/server/usage/overview";
import { type Span, spans, startOfSpan } from "@/server/usage/spans";

// What the pages say when lists fail, days are missing, or there was nothing to bill.

const database = useTestDatabase();
const NOW = "2026-10-20T15:30:00Z";
const READONLY = "sk-admin-sandbox-acme-readonly";
const range = { from: "2026-10-16", to: "2026-10-21" };

let provider: Provider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider(NOW);
});
afterAll(() => provider.close());
beforeEach(async () => {
  await provider.reset();
  org = await makeOrg();
  connectionId = await makeConnection(org, { baseUrl: provider.url, adminKey: READONLY, backfillDays: 12 });
});

async function sync() {
  const { runId } = await org.access.inScope((scope) =>
    startRun(scope, { connectionId, kind: "backfill", trigger: "cli", isInline: true }),
  );
  const retry = { baseDelayMs: 1, maxDelayMs: 5 };
  await executeRun(org.access, runId, { concurrency: 4, now: provider.now, retry });
}

const overview = (days = range) => org.access.inScope((scope) => getOverview(scope, days, provider.now()));
const people = () => org.access.inScope((scope) => getBreakdown(scope, { dimension: "user", range }, provider.now()));

describe("when a list fails", () => {
  it("completions are unknown and not zero, and the overview says which list is missing", async () => {
    await provider.control("faults", { match: "usage/completions", status5xx: { everyN: 1 } });
    await sync();
    await provider.clearFaults();
    const { totals, freshness, top } = await overview();
    expect(totals.usage).toMatchObject({ inputCachedTokens: null, outputTokens: null });
    expect(totals.usage.requests, "of the lists that did arrive").toBeGreaterThan(0);
    expect(top.project[0]?.usage.outputTokens).toBeNull();
    expect(freshness).toMatchObject({ state: "partial", missingStreams: ["usage.completions"] });
    expect(freshness.problems).toMatchObject([{ stream: "usage.completions" }]);
    await sync();
    const well = await overview();
    expect(well.totals.usage.outputTokens).toBeGreaterThan(0);
    expect(well.freshness).toMatchObject({ missing: [], missingStreams: [], problems: [] });
  });

  it("people stand on their own list: without it the page is partial, and nobody's amount is a zero", async () => {
    await sync();
    for (const table of ["cost_daily", "cost_spans"])
      await database.owner.query(`delete from ${table} where org_id = $1 and dimension in (2, 6)`, [org.id]);
    await database.owner.query(
      `update streams set coverage = '{}', synced_through = null, state = 'failing', error_code = 'transient'
       where org_id = $1 and name = 'costs.user'`,
      [org.id],
    );
    const { rows, totals, series, freshness } = await people();
    expect(freshness).toMatchObject({ state: "partial", missingStreams: ["costs.user"] });
    expect(freshness.problems).toMatchObject([{ stream: "costs.user" }]);
    expect(rows.filter(({ amount }) => amount !== null)).toMatchObject([{ key: null, amount: totals.amount }]);
    expect(series.members.map(({ key }) => key)).toEqual([null]);
  });
});

describe("a change", () => {
  it("is told only against days that were all fetched", async () => {
    await sync();
    const before = await overview({ from: "2026-10-15", to: "2026-10-21" });
    expect(before.previousRange).toEqual({ from: "2026-10-09", to: "2026-10-15" });
    expect(before.totals.previousAmount).not.toBeNull();
    expect(before.largestChange).toMatchObject({ member: { kind: "project" }, difference: expect.any(String) });
    const tooFar = await overview({ from: "2026-10-14", to: "2026-10-21" });
    expect(tooFar.totals.amount).not.toBeNull();
    expect(tooFar.totals.previousAmount, "October 7 and 8 were never fetched").toBeNull();
    expect(tooFar.largestChange).toBeNull();
    expect(Object.values(tooFar.top).flatMap((rows) => rows.map(({ previousAmount }) => previousAmount))).toEqual(
      Object.values(tooFar.top).flatMap((rows) => rows.map(() => null)),
    );
    expect(tooFar.monthToDate).toMatchObject({ from: "2026-10-01", previousAmount: null });
    const project = tooFar.top.project[0]?.key ?? "";
    const member = await org.access.inScope((scope) =>
      getMemberDetail(scope, { dimension: "project", key: project, range: { from: "2026-10-14", to: "2026-10-21" } }),
    );
    expect(member.totals).toMatchObject({ amount: expect.any(String), previousAmount: null });
  });

  it("of a member that is new is told against zero", async () => {
    await sync();
    const { top } = await overview();
    const key = top.project[0]?.key ?? "";
    await database.owner.query(
      "delete from cost_daily where org_id = $1 and dimension = 1 and key = $2 and day < '2026-10-16'",
      [org.id, key],
    );
    await database.owner.query("delete from cost_spans where org_id = $1 and dimension = 1", [org.id]);
    for (const [span, start] of Object.entries(startOfSpan))
      await database.owner.query(
        `insert into cost_spans (org_id, dimension, span, starts, key, stream_id, amount, days)
         select org_id, dimension, $2::smallint, ${start("day")}, key, stream_id, sum(amount), count(*) from cost_daily
         where org_id = $1 and dimension = 1 group by 1, 2, 3, 4, 5, 6`,
        [org.id, spans[span as Span]],
      );
    const row = (await overview()).top.project.find((project) => project.key === key);
    expect(row).toMatchObject({ amount: expect.any(String), previousAmount: "0" });
  });
});

describe("an organization that was billed nothing", () => {
  it("has spent zero in the days that were fetched, and an unknown amount in others", async () => {
    await sync();
    for (const table of [
      "cost_daily",
      "cost_spans",
      "cost_facts",
      "usage_daily",
      "usage_spans",
      "usage_priced_daily",
      "usage_facts",
    ])
      await database.owner.query(`delete from ${table} where org_id = $1`, [org.id]);
    const { totals, monthToDate, yesterday, series } = await overview();
    expect(totals).toEqual({
      amount: "0",
      previousAmount: "0",
      usage: { requests: 0, inputTokens: 0, inputCachedTokens: 0, outputTokens: 0 },
    });
    expect(monthToDate).toMatchObject({ amount: "0", previousAmount: null });
    expect(yesterday.amount).toBe("0");
    expect(series.values.flat().every((value) => value === "0")).toBe(true);
    const earlier = await overview({ from: "2026-09-01", to: "2026-09-05" });
    expect(earlier.totals).toMatchObject({ amount: null, usage: { requests: null } });
  });
});
