import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sumDecimals } from "@/server/lib/money";
import { getRun } from "@/server/sync/list-runs";
import type { SyncKind } from "@/server/sync/schema";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { streamOf, syncOnce } from "@/server/testing/sync";

// The whole walk of a datum against the sandbox: provider, facts, roll-ups. The sandbox knows the right totals.

const database = useTestDatabase();
const NOW = "2026-10-20T15:30:00Z";
const DAYS = 10;
const FIRST_DAY = "2026-10-11";
const READONLY = "sk-admin-sandbox-acme-readonly";

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
  connectionId = await connect(READONLY);
});

const connect = (adminKey: string) => makeConnection(org, { baseUrl: provider.url, adminKey, backfillDays: DAYS });

type SyncOptions = { kind?: SyncKind; connection?: string; signal?: AbortSignal; runId?: string };

const sync = ({ connection = connectionId, ...options }: SyncOptions = {}) =>
  syncOnce(org, { connectionId: connection, now: provider.now, ...options });

const columns = { project_id: 1, user_id: 2, api_key_id: 3, line_item: 5 } as const;

/** Totals of our roll-ups by key, as the sandbox counts them. */
async function stored(dimension: number): Promise<Record<string, string>> {
  const { rows } = await database.owner.query(
    "select key, trim_scale(sum(amount))::text as amount from cost_daily where org_id = $1 and dimension = $2 group by key having sum(amount) <> 0",
    [org.id, dimension],
  );
  return Object.fromEntries(rows.map((row) => [row.key, row.amount]));
}

async function expectTotalsToMatch() {
  for (const [column, dimension] of Object.entries(columns)) {
    expect(await stored(dimension), column).toEqual(await provider.costs(FIRST_DAY, column));
  }
  const total = (await stored(0))[""];
  expect(total).toBe(sumDecimals(Object.values(await provider.costs(FIRST_DAY, "project_id"))));
  for (const measure of ["input_tokens", "output_tokens"] as const) {
    const { rows } = await database.owner.query(
      `select coalesce(sum(f.${measure}), 0)::text as facts,
         (select coalesce(sum(d.${measure}), 0) from usage_daily d join streams s on s.org_id = d.org_id and s.id = d.stream_id
          where d.org_id = $1 and d.dimension = 0 and s.name = 'usage.completions')::text as daily
       from usage_facts f join streams s on s.org_id = f.org_id and s.id = f.stream_id where f.org_id = $1 and s.name = 'usage.completions'`,
      [org.id],
    );
    const truth = String(await provider.completions(FIRST_DAY, measure));
    expect(rows[0], measure).toEqual({ facts: truth, daily: truth });
  }
}

describe("a first back-fill", () => {
  it("brings every total over to the last digit, with the fewest calls there can be", async () => {
    const run = await sync();
    expect(run.state).toBe("succeeded");
    await expectTotalsToMatch();
    expect(streamOf(run, "costs.project")).toMatchObject({ calls: 1, windowsTotal: 1, windowsDone: 1 });
    expect(streamOf(run, "usage.completions").calls).toBe(Math.ceil((9 * 24 + 16) / 168));
    expect(streamOf(run, "directory.projects").rowsSeen).toBeGreaterThan(5);
  });

  it("is followed by syncs of one call a stream that write nothing", async () => {
    await sync();
    const run = await sync({ kind: "trailing" });
    expect(run.streams.map(({ calls, rowsWritten, rowsRemoved }) => ({ calls, rowsWritten, rowsRemoved }))).toEqual(
      run.streams.map(() => ({ calls: 1, rowsWritten: 0, rowsRemoved: 0 })),
    );
    for (const name of ["costs.project", "usage.completions"])
      expect(streamOf(run, name).rowsSeen, name).toBeGreaterThan(0);
    await expectTotalsToMatch();
  });

  it("takes amounts that arrive as JSON numbers digit by digit", async () => {
    await provider.control("money", { format: "number" });
    expect((await sync()).state).toBe("succeeded");
    // The sandbox writes at most 17 digits then, as a double has; we add up what it wrote without losing more.
    const { total, digits } = await provider.costsAsSent(FIRST_DAY, READONLY);
    expect((await stored(0))[""]).toBe(total);
    expect(digits).toBeGreaterThan(10);
  });
});

describe("corrections of the provider", () => {
  it("land upward, downward and where rows vanish, and are kept as restatements", async () => {
    await sync();
    const project = Object.keys(await stored(1)).find((key) => key !== "") ?? "";
    await provider.control("restate", { day: "2026-10-18", projectId: project, factor: "1.5" });
    await provider.control("restate", { day: "2026-10-19", factor: "0.25" });
    await provider.control("restate", { day: "2026-10-17", projectId: project, remove: true });
    const run = await sync({ kind: "trailing" });
    expect(streamOf(run, "costs.project").rowsChanged).toBeGreaterThan(0);
    expect(streamOf(run, "costs.project").rowsRemoved).toBeGreaterThan(0);
    await expectTotalsToMatch();
    const { rows } = await database.owner.query(
      `select count(*) filter (where after > before)::int as up, count(*) filter (where after < before)::int as down,
         count(*) filter (where after is null)::int as gone from restatements where org_id = $1`,
      [org.id],
    );
    expect(rows[0].up).toBeGreaterThan(0);
    expect(rows[0].down).toBeGreaterThan(0);
    expect(rows[0].gone).toBeGreaterThan(0);
  });

  it("are no restatements where a bucket was still open", async () => {
    await sync();
    await provider.control("clock", { advanceSeconds: 1800 });
    const run = await sync({ kind: "recent" });
    expect(streamOf(run, "costs.project").rowsWritten).toBeGreaterThan(0);
    const { rows } = await database.owner.query("select count(*)::int as n from restatements where org_id = $1", [
      org.id,
    ]);
    expect(rows[0].n).toBe(0);
  });
});

describe("as days go by", () => {
  it("only what is missing or may still move is fetched", async () => {
    await sync();
    await provider.control("clock", { advanceSeconds: 2 * 86_400 });
    const run = await sync({ kind: "trailing" });
    expect(run.state).toBe("succeeded");
    expect(run.calls).toBe(run.streams.length);
    await expectTotalsToMatch();
  });

  it("a gap left by weeks without sync is closed", async () => {
    await sync();
    await provider.control("clock", { advanceSeconds: 20 * 86_400 });
    await sync({ kind: "trailing" });
    const { rows } = await database.owner.query(
      "select count(distinct day)::int as n from cost_daily where org_id = $1 and dimension = 0 and day >= '2026-10-11'",
      [org.id],
    );
    expect(rows[0].n).toBe(30);
  });
});

describe("a provider in trouble", () => {
  it("server errors, cut bodies, resets and rate limits are ridden out with exact totals", async () => {
    await provider.control("faults", {
      status5xx: { everyN: 7 },
      cutBody: { everyN: 11 },
      resetConnection: { everyN: 13 },
      rate429: { count: 1, retryAfterSeconds: 0 },
    });
    expect((await sync()).state).toBe("succeeded");
    await expectTotalsToMatch();
  });

  it("one failing stream neither blocks nor loses the others, and heals by itself", async () => {
    await provider.control("faults", { match: "usage/embeddings", status5xx: { everyN: 1, status: 503 } });
    const run = await sync();
    expect(run.state).toBe("partial");
    expect(streamOf(run, "usage.embeddings")).toMatchObject({ state: "failed", errorCode: "transient" });
    expect(run.streams.filter((stream) => stream.state === "failed")).toHaveLength(1);
    await expectTotalsToMatch();
    await provider.clearFaults();
    expect((await sync({ kind: "trailing" })).state).toBe("succeeded");
  });

  it("a limit that must not be retried is asked once", async () => {
    await provider.control("faults", { match: "usage/images", rate429: { everyN: 1, code: "insufficient_quota" } });
    const run = await sync();
    expect(streamOf(run, "usage.images")).toMatchObject({ state: "failed", errorCode: "quota" });
    expect(await provider.callsTo("/v1/organization/usage/images")).toBeLessThanOrEqual(4);
  });

  it("a revoked key breaks the connection, says so, and nothing more is asked", async () => {
    const key = "sk-admin-sandbox-acme-readwrite";
    const revoked = await connect(key);
    await sync({ connection: revoked });
    await provider.control("keys/revoke", { key });
    await provider.control("stats/reset", {});
    const run = await sync({ connection: revoked, kind: "trailing" });
    expect(run).toMatchObject({ state: "failed" });
    expect(await provider.totalCalls()).toBeLessThanOrEqual(8);
    const { rows } = await database.owner.query("select status, status_reason from connections where id = $1", [
      revoked,
    ]);
    expect(rows[0]).toEqual({ status: "broken", status_reason: "auth" });
  });

  it("a key without some scopes syncs what it may and names what it may not", async () => {
    const restricted = await connect("sk-admin-sandbox-acme-usage");
    const run = await sync({ connection: restricted });
    expect(run.state).toBe("partial");
    expect(streamOf(run, "directory.users")).toMatchObject({ state: "failed", errorCode: "permission" });
    expect(streamOf(run, "costs.project").state).toBe("succeeded");
    const { rows } = await database.owner.query(
      "select state from streams where connection_id = $1 and name = 'directory.users'",
      [restricted],
    );
    expect(rows[0].state).toBe("forbidden");
  });

  it("data of shapes we do not know break nothing, and other currencies stay out of the dollars", async () => {
    await provider.control("switches", {
      extraFields: true,
      foreignCurrency: true,
      unknownModel: true,
      nullDimensionsFor: ["embeddings"],
    });
    expect((await sync()).state).toBe("succeeded");
    const truth = await provider.costs(FIRST_DAY, "project_id");
    expect(await stored(1)).toEqual(truth);
    const { rows } = await database.owner.query(
      "select count(*)::int as n from cost_facts f join series s on s.org_id = f.org_id and s.id = f.series_id where f.org_id = $1 and s.currency = 'eur'",
      [org.id],
    );
    expect(rows[0].n).toBeGreaterThan(0);
  });

  it("an organization that refuses fine groupings is read coarser, to the same totals", async () => {
    await provider.control("switches", { refuseCostsByKeyAndUser: true });
    const run = await sync();
    expect(streamOf(run, "costs.project").state).toBe("succeeded");
    expect(await stored(1)).toEqual(await provider.costs(FIRST_DAY, "project_id"));
    const { rows } = await database.owner.query(
      "select grouping from streams where org_id = $1 and name = 'costs.project'",
      [org.id],
    );
    expect(rows[0].grouping).toEqual(["project_id", "line_item"]);
    expect(streamOf(run, "costs.user")).toMatchObject({ state: "succeeded", errorCode: "unsupported" });
    const again = await sync({ kind: "trailing" });
    expect(streamOf(again, "costs.project").calls, "the refused grouping is not tried again").toBe(1);
  });
});

describe("interruptions", () => {
  it("a run that is stopped anywhere goes on where it was, repeats nothing and ends exactly right", {
    timeout: 120_000,
  }, async () => {
    await provider.control("faults", { latencyMs: 15 });
    const { runId } = await org.access.inScope((scope) =>
      startRun(scope, { connectionId, kind: "backfill", trigger: "cli", isInline: true }),
    );
    let interruptions = 0;
    for (; interruptions < 40; interruptions++) {
      const stop = new AbortController();
      // Later and later, so that a slow machine gets there too.
      setTimeout(() => stop.abort(), 60 * 1.15 ** interruptions);
      const run = await sync({ runId, signal: stop.signal });
      if (run.result === "done") break;
      expect(run.result).toBe("interrupted");
    }
    expect(interruptions).toBeGreaterThan(2);
    const run = await org.access.inScope((scope) => getRun(scope, runId));
    expect(run?.state).toBe("succeeded");
    await expectTotalsToMatch();
    const facts = run?.streams.filter((stream) => !stream.name.startsWith("directory.")) ?? [];
    const windows = facts.map(({ name, windowsDone }) => [name, windowsDone]);
    expect(windows, "no window was stored twice").toEqual(
      facts.map(({ name }) => [name, name.startsWith("costs.") ? 1 : 2]),
    );
  });

  it("two executions of one connection never work at the same time", async () => {
    await provider.control("faults", { latencyMs: 20 });
    const first = sync({ kind: "backfill" });
    await expect
      .poll(
        async () =>
          (await database.owner.query("select lease_run_id from connections where id = $1", [connectionId])).rows[0]
            .lease_run_id,
      )
      .not.toBeNull();
    const second = await sync({ kind: "recent" });
    expect(second.result).toBe("busy");
    expect((await first).state).toBe("succeeded");
    expect((await sync({ runId: second.id })).state).toBe("succeeded");
    await expectTotalsToMatch();
  });

  it("a run that is queued twice is worked on once", async () => {
    await provider.control("faults", { latencyMs: 20 });
    const { runId } = await org.access.inScope((scope) =>
      startRun(scope, { connectionId, kind: "backfill", trigger: "cli", isInline: true }),
    );
    const results = await Promise.all([sync({ runId }), sync({ runId })]);
    expect(results.map(({ result }) => result).sort()).toEqual(["busy", "done"]);
    const run = await org.access.inScope((scope) => getRun(scope, runId));
    expect(streamOf(run ?? results[0], "usage.completions")).toMatchObject({ windowsDone: 2, calls: 2 });
  });

  it("asking twice gives the one run that is under way", async () => {
    const start = () =>
      org.access.inScope((scope) =>
        startRun(scope, { connectionId, kind: "backfill", trigger: "user", isInline: true }),
      );
    const [a, b] = await Promise.all([start(), start()]);
    expect(a.runId).toBe(b.runId);
    expect([a.isNew, b.isNew].filter(Boolean)).toHaveLength(1);
  });

  it("a lease that was not renewed is free again", async () => {
    await database.owner.query(
      "update connections set lease_run_id = gen_random_uuid(), lease_holder = gen_random_uuid(), lease_until = now() - interval '1 second' where id = $1",
      [connectionId],
    );
    expect((await sync({ kind: "recent" })).state).toBe("succeeded");
  });
});

describe("the directory", () => {
  it("keeps the names of what the provider deletes", async () => {
    const key = "sk-admin-sandbox-acme-readwrite";
    const writable = await connect(key);
    await sync({ connection: writable, kind: "directory" });
    const { rows } = await database.owner.query(
      "select id, parent_id, name from directory_items where connection_id = $1 and kind = 'service_account' and removed_at is null limit 1",
      [writable],
    );
    const { id, parent_id: projectId, name } = rows[0];
    await provider.admin("DELETE", `/organization/projects/${projectId}/service_accounts/${id}`, key);
    await sync({ connection: writable, kind: "directory" });
    const after = await database.owner.query(
      "select name, removed_at from directory_items where connection_id = $1 and kind = 'service_account' and id = $2",
      [writable, id],
    );
    expect(after.rows[0]).toEqual({ name, removed_at: expect.any(Date) });
  });
});
