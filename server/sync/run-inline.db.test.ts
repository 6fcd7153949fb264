import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { executeRun } from "@/server/sync/execute-run";
import { runInline } from "@/server/sync/run-inline";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";

// What a terminal does while a worker may be at the same connection.

const database = useTestDatabase();
let provider: Provider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
});
afterAll(() => provider.close());
beforeEach(async () => {
  await provider.reset();
  org = await makeOrg();
  const adminKey = "sk-admin-sandbox-beacon";
  connectionId = await makeConnection(org, {
    baseUrl: provider.url,
    adminKey,
    backfillDays: 3,
    usageGranularity: "day",
  });
});

const execution = () => ({ concurrency: 4, now: provider.now, lookEveryMs: 50 });

const input = (more: Partial<Parameters<typeof runInline>[1]> = {}) =>
  ({ connectionId, kind: "trailing", trigger: "cli", ...more }) as const;

const start = () => org.access.inScope((scope) => startRun(scope, { ...input(), isInline: true }));

const runsSoFar = async () =>
  (
    await database.owner.query(
      "select id, state::text, kind::text from sync_runs where org_id = $1 order by created_at",
      [org.id],
    )
  ).rows;

it("executes a run of its own and tells of its progress", async () => {
  const seen = new Set<string>();
  const run = await runInline(org.access, input(), { ...execution(), onProgress: ({ state }) => seen.add(state) });
  expect(run).toMatchObject({ state: "succeeded", errorCode: null, trigger: "cli" });
  expect(run.finishedAt).not.toBeNull();
  expect(seen).toContain("succeeded");
});

it("waits for the same sync that somebody else has under way, and asks the provider nothing itself", async () => {
  await provider.control("faults", { match: "organization/usage", latencyMs: 400 });
  const { runId } = await start();
  const others = executeRun(org.access, runId, execution());
  await expect.poll(async () => (await runsSoFar())[0]?.state).toBe("running");
  const run = await runInline(org.access, input(), execution());
  expect(run).toMatchObject({ id: runId, state: "succeeded" });
  expect(await others).toBe("done");
  expect(run.windowsDone).toBe(run.windowsTotal);
  expect(await runsSoFar()).toHaveLength(1);
});

it("a range that was asked for is fetched after that, by a run of its own", async () => {
  const { runId } = await start();
  const others = executeRun(org.access, runId, execution());
  const requested = { from: new Date("2026-10-10"), to: new Date("2026-10-12") };
  const run = await runInline(org.access, input({ requested }), execution());
  await others;
  expect(run.id).not.toBe(runId);
  expect(run.state).toBe("succeeded");
  expect(await runsSoFar()).toHaveLength(2);
});

it("another kind of sync on the connection is let finish first", async () => {
  await provider.control("faults", { match: "organization/costs", latencyMs: 600 });
  const { runId } = await org.access.inScope((scope) =>
    startRun(scope, { ...input({ kind: "recent" }), isInline: true }),
  );
  const others = executeRun(org.access, runId, execution());
  await expect.poll(async () => (await runsSoFar())[0]?.state).toBe("running");
  const run = await runInline(org.access, input(), execution());
  expect(run.state).toBe("succeeded");
  expect(await others).toBe("done");
});

it("a run whose process died is taken over", async () => {
  const { runId } = await start();
  await database.owner.query(
    "update sync_runs set state = 'running', started_at = now() - interval '1 hour', heartbeat_at = now() - interval '1 minute' where id = $1",
    [runId],
  );
  expect(await runInline(org.access, input(), execution())).toMatchObject({ id: runId, state: "succeeded" });
});

it("a queued run that no worker takes is taken over", async () => {
  const { runId } = await start();
  expect(await runInline(org.access, input(), execution())).toMatchObject({ id: runId, state: "succeeded" });
});

it("told to stop, it cancels what is its own", async () => {
  await provider.control("faults", { match: "organization/usage", latencyMs: 8_000 });
  const stop = new AbortController();
  const running = runInline(org.access, input(), { ...execution(), signal: stop.signal });
  await expect.poll(async () => (await runsSoFar())[0]?.state).toBe("running");
  stop.abort();
  expect(await running).toMatchObject({ state: "cancelled" });
});

it("a refused key is named", async () => {
  await provider.control("keys/revoke", { key: "sk-admin-sandbox-beacon" });
  expect(await runInline(org.access, input(), execution())).toMatchObject({ state: "failed", errorCode: "auth" });
});
