import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sumDecimals } from "@/server/lib/money";
import { getRun } from "@/server/sync/list-runs";
import { startRun } from "@/server/sync/start-run";
import { sweep } from "@/server/sync/sweep";
import { closeQueues } from "@/server/jobs/enqueue";
import { env } from "@/server/env";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";

// The real worker process on both queues, with the sandbox as the provider.

const database = useTestDatabase();
const DAYS = 20;
let provider: Provider;
let org: TestOrg;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  provider = await startProvider(new Date().toISOString());
});
afterAll(() => provider.close());
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => stop(worker, "SIGKILL")));
  await closeQueues();
  await provider.reset();
});

function startWorker(overrides: Record<string, string> = {}): ChildProcess {
  const worker = spawn("node", ["--import", "tsx", "workers/main.ts"], {
    env: { ...process.env, ...overrides, LOG_LEVEL: "info", NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  workers.push(worker);
  return worker;
}

async function untilReady(worker: ChildProcess) {
  let output = "";
  const listen = (chunk: Buffer) => {
    output += chunk;
  };
  worker.stdout?.on("data", listen);
  worker.stderr?.on("data", listen);
  await expect.poll(() => output, { timeout: 20_000 }).toContain("worker ready");
}

async function stop(worker: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (worker.exitCode !== null || worker.signalCode !== null) return worker.exitCode;
  const exit = once(worker, "exit");
  worker.kill(signal);
  await exit;
  return worker.exitCode;
}

async function startSync(baseUrl = provider.url) {
  org = await makeOrg();
  const connectionId = await makeConnection(org, {
    baseUrl,
    adminKey: "sk-admin-sandbox-acme-readonly",
    backfillDays: DAYS,
  });
  // The schedule of this connection is not what is tested.
  await database.owner.query(
    "update connections set next_recent_at = 'infinity', next_trailing_at = 'infinity', next_directory_at = 'infinity' where id = $1",
    [connectionId],
  );
  const { runId } = await org.access.inScope((scope) =>
    startRun(scope, { connectionId, kind: "backfill", trigger: "user" }),
  );
  return { connectionId, runId };
}

const runOf = (runId: string) => org.access.inScope((scope) => getRun(scope, runId));
const stateOf = async (runId: string) => (await runOf(runId))?.state;

async function expectExactTotals() {
  const firstDay = new Date(Date.now() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10);
  const { rows } = await database.owner.query(
    "select trim_scale(sum(amount))::text as total from cost_daily where org_id = $1 and dimension = 0",
    [org.id],
  );
  expect(rows[0].total).toBe(sumDecimals(Object.values(await provider.costs(firstDay, "project_id"))));
}

const redisUrl = process.env.TEST_REDIS_URL;
if (!redisUrl) throw new Error("TEST_REDIS_URL is not set: run `npm test -- --only db`, which starts a Redis.");

describe.each([
  ["PostgreSQL", undefined],
  ["Redis", redisUrl],
])("with the queue in %s", (_name, url) => {
  beforeAll(() => {
    if (url) process.env.REDIS_URL = url;
    else delete process.env.REDIS_URL;
    env().REDIS_URL = url;
  });

  it("a worker takes the job, syncs, and stops cleanly on SIGTERM", { timeout: 60_000 }, async () => {
    const worker = startWorker();
    await untilReady(worker);
    const { runId } = await startSync();
    await expect.poll(() => stateOf(runId), { timeout: 30_000, interval: 200 }).toBe("succeeded");
    await expectExactTotals();
    expect(await stop(worker, "SIGTERM")).toBe(0);
  });

  it("a worker that is killed in the middle is replaced, and the run ends with totals exactly right", {
    timeout: 120_000,
  }, async () => {
    await provider.control("faults", { latencyMs: 60 });
    const first = startWorker();
    await untilReady(first);
    const { runId } = await startSync();
    await expect
      .poll(async () => (await runOf(runId))?.windowsDone ?? 0, { timeout: 30_000, interval: 50 })
      .toBeGreaterThan(8);
    await stop(first, "SIGKILL");
    const atDeath = await runOf(runId);
    expect(atDeath?.state).toBe("running");
    expect(atDeath?.windowsDone).toBeLessThan(atDeath?.windowsTotal ?? 0);
    await provider.clearFaults();

    await untilReady(startWorker());
    await expect.poll(() => stateOf(runId), { timeout: 90_000, interval: 250 }).toBe("succeeded");
    await expectExactTotals();
  });

  it("a worker erases what a deleted connection brought in", { timeout: 60_000 }, async () => {
    const { connectionId, runId } = await startSync();
    await untilReady(startWorker());
    await expect.poll(() => stateOf(runId), { timeout: 30_000, interval: 200 }).toBe("succeeded");
    await callAs(org.owner).connections.delete({ org: org.slug, connectionId, history: "erase" });
    const left = async () => {
      const { rows } = await database.owner.query(
        `select (select count(*) from connections where org_id = $1)::int as connections,
           (select count(*) from usage_facts where org_id = $1)::int as facts`,
        [org.id],
      );
      return rows[0];
    };
    await expect.poll(left, { timeout: 30_000, interval: 200 }).toEqual({ connections: 0, facts: 0 });
  });

  it("several workers never sync one stream at the same time", { timeout: 60_000 }, async () => {
    const pair = [startWorker(), startWorker()];
    await Promise.all(pair.map(untilReady));
    const { connectionId, runId } = await startSync();
    const others = await Promise.all(
      (["recent", "trailing", "directory"] as const).map((kind) =>
        org.access.inScope((scope) => startRun(scope, { connectionId, kind, trigger: "user" })),
      ),
    );
    let most = 0;
    const ids = [runId, ...others.map((run) => run.runId)];
    for (let done = 0; done < ids.length; ) {
      const { rows } = await database.owner.query(
        `select count(distinct r.id)::int as n from sync_runs r join connections c on c.org_id = r.org_id and c.lease_run_id = r.id
         where r.org_id = $1 and r.state = 'running'`,
        [org.id],
      );
      most = Math.max(most, rows[0].n);
      done = (await Promise.all(ids.map(stateOf))).filter((state) => state === "succeeded").length;
      await sleep(50);
    }
    expect(most).toBe(1);
    await expectExactTotals();
  });

  it("the sweep starts what is due once, and queues again what was lost", { timeout: 60_000 }, async () => {
    const { connectionId, runId } = await startSync();
    await database.owner.query("update connections set next_trailing_at = now() - interval '1 minute' where id = $1", [
      connectionId,
    ]);
    await database.owner.query("update sync_runs set heartbeat_at = now() - interval '1 hour' where id = $1", [runId]);
    expect(await sweep()).toEqual({ started: 1, requeued: 1 });
    expect((await sweep()).started).toBe(0);
    await untilReady(startWorker());
    await expect.poll(() => stateOf(runId), { timeout: 40_000, interval: 200 }).toBe("succeeded");
    await expectExactTotals();
  });
});
