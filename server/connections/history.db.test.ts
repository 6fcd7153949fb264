import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { eraseConnection } from "@/server/connections/erase-connection";
import { requeueErasures } from "@/server/connections/requeue-erasures";
import { withTenantConnection } from "@/server/db/tenant";
import { addUtcDays, toUtcDay } from "@/server/lib/time";
import { connect, connectSample } from "@/server/sync/connect";
import { executeRun } from "@/server/sync/execute-run";
import { pruneRuns } from "@/server/sync/prune-runs.sql";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { reportCosts, reportUsage } from "@/server/usage/facts-report";
import { emptyCostFacts } from "@/server/usage/normalise";
import { replaceWindow } from "@/server/usage/replace-window";
import { lockStream } from "@/server/usage/window.sql";

// What becomes of a connection's history when it is deleted, connected again, or erased.

// Each test syncs, some of them several times.
vi.setConfig({ testTimeout: 60_000 });
const database = useTestDatabase();
const READONLY = "sk-admin-sandbox-acme-readonly";
const READWRITE = "sk-admin-sandbox-acme-readwrite";
const DAYS = 3;
const today = toUtcDay(new Date());
const range = { from: addUtcDays(today, 1 - DAYS), to: addUtcDays(today, 1) };

let provider: Provider;
let org: TestOrg;

beforeAll(async () => {
  // Verification asks for the last days by the wall clock.
  provider = await startProvider(new Date().toISOString());
  Object.assign(process.env, { OPENAI_BASE_URL: provider.url, SANDBOX_URL: provider.url });
});
afterAll(() => provider.close());
beforeEach(async () => {
  await provider.reset();
  org = await makeOrg();
});

const api = () => callAs(org.owner);
const remove = (connectionId: string, history: "keep" | "erase") =>
  api().connections.delete({ org: org.slug, connectionId, history });
const erase = (connectionId: string, options: { budgetMs?: number; signal?: AbortSignal } = {}) =>
  eraseConnection(org.access, connectionId, { budgetMs: 60_000, ...options });

async function connectAndFetch(adminKey = READONLY, made?: Promise<{ id: string; runId: string; isRevived: boolean }>) {
  const settings = { name: null, adminKey, backfillDays: DAYS, trailingDays: 3, usageGranularity: "day" } as const;
  const connected = await (made ?? connect(org.access, settings));
  await executeRun(org.access, connected.runId, { concurrency: 4, now: provider.now });
  return connected;
}

/** What screens and reports make of the range. */
async function figures() {
  const { totals, series, top } = await api().usage.overview({ org: org.slug, range });
  return org.access.inScope(async (scope) => ({
    totals,
    series: series.values,
    top,
    costs: (await reportCosts(scope, { range, groupBy: ["line_item", "project"] })).rows,
    tokens: (await reportUsage(scope, { endpoint: "completions", range, groupBy: [] })).rows,
  }));
}

const row = async (connectionId: string) =>
  (
    await database.owner.query(
      "select status, key_ciphertext is null as forgotten, key_last4, erase_requested_at is not null as erasing from connections where id = $1",
      [connectionId],
    )
  ).rows[0];

const auditOf = async (connectionId: string) =>
  (
    await database.owner.query("select action from audit_events where target_id = $1 order by at, id", [connectionId])
  ).rows.map(({ action }) => action);

describe("history that is kept", () => {
  it("stays in all figures without the key, and is listed", async () => {
    const { id } = await connectAndFetch();
    const before = await figures();
    await remove(id, "keep");
    expect(await row(id)).toEqual({ status: "deleted", forgotten: true, key_last4: null, erasing: false });
    expect(await figures()).toEqual(before);
    expect(await api().connections.list({ org: org.slug })).toEqual([]);
    expect(await api().connections.kept({ org: org.slug })).toEqual([
      expect.objectContaining({ id, openaiOrgName: "Acme Robotics", isErasing: false, coveredFrom: range.from }),
    ]);
  });

  it("goes on when the organization is connected again: nothing counts twice, little is fetched anew", async () => {
    const first = await connectAndFetch();
    const before = await figures();
    for (const key of [READWRITE, READONLY]) {
      await remove(first.id, "keep");
      const verified = await api().connections.verify({ org: org.slug, adminKey: key });
      expect(verified).toMatchObject({ existing: null, former: { name: "Acme Robotics" } });
      const calls = await provider.callsTo("/v1/organization/costs");
      const again = await connectAndFetch(key);
      expect(again).toMatchObject({ id: first.id, isRevived: true });
      expect(
        (await provider.callsTo("/v1/organization/costs")) - calls,
        "verification, and the moving days",
      ).toBeLessThan(5);
      expect(await row(first.id)).toMatchObject({ status: "active", forgotten: false, key_last4: key.slice(-4) });
      expect(await figures()).toEqual(before);
    }
    const actions = await auditOf(first.id);
    expect(actions.filter((action) => action === "connection.revive")).toHaveLength(2);
    expect(await api().connections.kept({ org: org.slug })).toEqual([]);
  });

  it("goes on once, when two connect at the same time", async () => {
    const { id } = await connectAndFetch();
    await remove(id, "keep");
    const settings = {
      name: null,
      adminKey: READONLY,
      backfillDays: DAYS,
      trailingDays: 3,
      usageGranularity: "day",
    } as const;
    const results = await Promise.allSettled([connect(org.access, settings), connect(org.access, settings)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await api().connections.list({ org: org.slug })).toHaveLength(1);
  });

  it("can be erased later, and is not there to go on then", async () => {
    const { id } = await connectAndFetch();
    await remove(id, "keep");
    await remove(id, "erase");
    expect(await api().connections.kept({ org: org.slug })).toMatchObject([{ id, isErasing: true }]);
    const again = await connectAndFetch();
    expect(again).toMatchObject({ isRevived: false });
    expect(await erase(id)).toBe("done");
    expect(await api().connections.kept({ org: org.slug })).toEqual([]);
  });
});

describe("history that is erased", () => {
  /** Rows of the connection in any table that names it or its streams. */
  async function leftovers(connectionId: string, streamIds: number[]) {
    const { rows: columns } = await database.owner.query<{ table_name: string; column_name: string }>(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and column_name in ('connection_id', 'stream_id')`,
    );
    expect(columns.length).toBeGreaterThan(8);
    const left: Record<string, number> = {};
    for (const { table_name: table, column_name: column } of columns) {
      const values = column === "stream_id" ? streamIds : [connectionId];
      const { rows } = await database.owner.query(
        `select count(*)::int as n from ${table} where org_id = $1 and ${column}::text = any($2)`,
        [org.id, values.map(String)],
      );
      if (rows[0].n > 0) left[table] = rows[0].n;
    }
    return left;
  }

  const streamsOf = async (connectionId: string): Promise<number[]> =>
    (await database.owner.query("select id from streams where connection_id = $1", [connectionId])).rows.map(
      ({ id }) => id,
    );

  it("counts nowhere from the moment it is asked for, and is gone when the job is done", async () => {
    const { id } = await connectAndFetch();
    const streams = await streamsOf(id);
    await remove(id, "erase");
    expect(await row(id)).toMatchObject({ status: "deleted", forgotten: true, erasing: true });
    expect(Object.keys(await leftovers(id, streams)).length, "the job has not run yet").toBeGreaterThan(8);
    const after = await figures();
    expect(after).toMatchObject({ totals: { amount: null }, costs: [] });
    expect(after.tokens[0]).toMatchObject({ input_tokens: null });
    expect(Object.values(after.top).flat()).toEqual([]);
    expect(await api().connections.options({ org: org.slug })).toMatchObject({ hasHistory: false });
    const { rows } = await database.owner.query("select name from bullmq.job where data::text like $1", [`%${id}%`]);
    expect(rows).toEqual([{ name: "connection.erase" }]);
    expect(await erase(id)).toBe("done");
    expect(await leftovers(id, streams)).toEqual({});
    expect(await row(id)).toBeUndefined();
    expect(await auditOf(id)).toEqual(["connection.create", "connection.delete", "connection.erase"]);
  });

  it("goes piece by piece: whatever ends the work early, it goes on from there", async () => {
    const { id } = await connectAndFetch();
    const streams = await streamsOf(id);
    await remove(id, "erase");
    for (let round = 1; round <= 3; round++) {
      expect(await erase(id, { budgetMs: 0 })).toBe("interrupted");
      expect((await figures()).costs).toEqual([]);
    }
    expect(await erase(id, { signal: AbortSignal.abort() })).toBe("interrupted");
    expect(await erase(id)).toBe("done");
    expect(await leftovers(id, streams)).toEqual({});
    expect(await erase(id), "a job that is there twice").toBe("done");
  });

  it("leaves other connections and other organizations alone", async () => {
    const other = await makeOrg("Other");
    const mine = await connectAndFetch();
    const kept = await connectAndFetch("sk-admin-sandbox-beacon");
    const before = await database.owner.query(
      "select count(*)::int as n from cost_facts f join streams s on s.id = f.stream_id where s.connection_id = $1",
      [kept.id],
    );
    await remove(mine.id, "erase");
    await eraseConnection(other.access, mine.id, { budgetMs: 60_000 });
    expect(await row(mine.id), "not by another organization").toBeDefined();
    await erase(kept.id);
    await erase(mine.id);
    const after = await database.owner.query(
      "select count(*)::int as n from cost_facts f join streams s on s.id = f.stream_id where s.connection_id = $1",
      [kept.id],
    );
    expect(before.rows[0].n).toBeGreaterThan(0);
    expect(after.rows).toEqual(before.rows);
  });

  it("gets nothing added by a window that was on its way", async () => {
    const { id } = await connectAndFetch();
    const [streamId = 0] = await streamsOf(id);
    let erased: Promise<string> | undefined;
    await withTenantConnection(org.id, async (client) => {
      await lockStream(client, org.id, streamId);
      await remove(id, "erase");
      erased = erase(id);
      expect(await Promise.race([erased, new Promise((resolve) => setTimeout(resolve, 300, "waits"))])).toBe("waits");
    });
    const stream = { id: streamId, connectionId: id, name: "costs.project" };
    const [start, end] = [new Date("2026-10-01T00:00:00Z"), new Date("2026-10-02T00:00:00Z")];
    const window = { stream, width: "1d", start, end, fetchedAt: end } as const;
    const late = withTenantConnection(org.id, (client) => replaceWindow(client, org.id, window, emptyCostFacts()));
    await expect(late).rejects.toThrow(/deleted|gone/);
    expect(await erased).toBe("done");
  });

  it("is queued again when its job was lost", async () => {
    const { id } = await connectAndFetch();
    await remove(id, "erase");
    await database.owner.query("delete from bullmq.job");
    expect(await requeueErasures(), "the job has its time").toBe(0);
    expect(await requeueErasures(new Date(Date.now() + 5 * 60_000))).toBeGreaterThan(0);
    await erase(id);
  });

  it("is that of a sample in any case: invented figures are not left among real ones", async () => {
    const { id } = await connectAndFetch(READONLY, connectSample(org.access));
    await remove(id, "keep");
    expect(await row(id)).toMatchObject({ erasing: true });
    expect(await erase(id)).toBe("done");
  });
});

describe("old runs", () => {
  it("are removed at night once they are old and many; the newest stay, unfinished ones, and the last of each kind", async () => {
    const { id, runId } = await connectAndFetch();
    await database.owner.query(
      `insert into sync_runs (org_id, id, connection_id, kind, trigger, state, created_at)
       select $1, gen_random_uuid(), $2, 'recent', 'schedule', 'succeeded', now() - make_interval(days => 60 + n)
       from generate_series(1, 100) n`,
      [org.id, id],
    );
    await database.owner.query(
      `insert into sync_runs (org_id, id, connection_id, kind, trigger, state, created_at)
       values ($1, gen_random_uuid(), $2, 'trailing', 'schedule', 'queued', now() - interval '1 year'),
         ($1, gen_random_uuid(), $2, 'trailing', 'user', 'cancelled', now() - interval '2 years')`,
      [org.id, id],
    );
    expect(await org.access.inScope((scope) => pruneRuns(scope, new Date()))).toBe(51);
    const { rows } = await database.owner.query(
      "select count(*)::int as n, bool_or(id = $2) as has_newest, bool_or(state = 'queued') as has_queued, bool_or(state = 'cancelled') as has_cancelled from sync_runs where org_id = $1",
      [org.id, runId],
    );
    expect(rows[0]).toEqual({ n: 52, has_newest: true, has_queued: true, has_cancelled: true });
  });
});
