import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteConnection } from "@/server/connections/delete-connection";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { startSync, streamOf, syncOnce } from "@/server/testing/sync";
import { refusal, startTampering, type TamperingProvider } from "@/server/testing/tampering";

// An execution may be stalled for any time between asking the provider and storing the answer.

const database = useTestDatabase();

let provider: Provider;
let tampering: TamperingProvider;
let org: TestOrg;
let connectionId: string;

beforeAll(async () => {
  provider = await startProvider("2026-10-20T15:30:00Z");
  tampering = await startTampering(provider.url);
});
afterAll(() => Promise.all([tampering.close(), provider.close()]));
beforeEach(async () => {
  await provider.reset();
  tampering.reset();
  org = await makeOrg();
  connectionId = await makeConnection(org, {
    baseUrl: tampering.url,
    adminKey: "sk-admin-sandbox-acme-readonly",
    backfillDays: 40,
    usageGranularity: "day",
  });
});

const sync = (kind: "backfill" | "trailing" | "directory", runId?: string) =>
  syncOnce(org, { connectionId, kind, runId, now: provider.now });

const count = async (table: "cost_facts" | "directory_items") =>
  (await database.owner.query(`select count(*)::int as n from ${table} where org_id = $1`, [org.id])).rows[0].n;

/** Holds back the answers to paths that contain `path`, until it is called. */
function holdBack(path: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  let held = 0;
  tampering.tamper(async (answer, url) => {
    if (!url.pathname.includes(path)) return answer;
    held += 1;
    await promise;
    return answer;
  });
  return { release: resolve, held: () => held };
}

describe("an execution that was stalled until another took its connection", () => {
  it("stores nothing of what it had fetched, and ends nothing", async () => {
    const costs = holdBack("/costs");
    const runId = await startSync(org, { connectionId, kind: "trailing" });
    const stalled = sync("trailing", runId);
    await expect.poll(costs.held, { timeout: 10_000 }).toBeGreaterThan(0);
    await database.owner.query("update connections set lease_holder = gen_random_uuid() where id = $1", [connectionId]);
    costs.release();
    expect(await stalled).toMatchObject({ result: "interrupted", state: "running" });
    expect(await count("cost_facts")).toBe(0);
    const { rows } = await database.owner.query("select lease_holder from connections where id = $1", [connectionId]);
    expect(rows[0].lease_holder, "the other one's lease").not.toBeNull();
  });

  it("stores no list either", async () => {
    const users = holdBack("/organization/users");
    const runId = await startSync(org, { connectionId, kind: "directory" });
    const stalled = sync("directory", runId);
    await expect.poll(users.held, { timeout: 10_000 }).toBeGreaterThan(0);
    await database.owner.query("update connections set lease_holder = gen_random_uuid() where id = $1", [connectionId]);
    users.release();
    expect((await stalled).result).toBe("interrupted");
    // Lists that were being stored at that very moment may have got through; this one came later.
    const stored = await database.owner.query("select distinct kind from directory_items where org_id = $1", [org.id]);
    expect(stored.rows.map(({ kind }) => kind)).not.toContain("user");
  });
});

it("answers that were under way when the connection was deleted are stored no more", async () => {
  const held = holdBack("/organization/");
  const runId = await startSync(org, { connectionId, kind: "backfill" });
  const running = sync("backfill", runId);
  await expect.poll(held.held, { timeout: 10_000 }).toBeGreaterThan(1);
  await org.access.inScope((scope) => deleteConnection(scope, { connectionId, history: "erase" }));
  held.release();
  expect(await running).toMatchObject({ state: "cancelled" });
  expect([await count("cost_facts"), await count("directory_items")]).toEqual([0, 0]);
});

describe("a stream with a window that failed", () => {
  it("keeps its fault when another of its windows arrives after it", async () => {
    const second = Promise.withResolvers<void>();
    let windows = 0;
    tampering.tamper(async (answer, url) => {
      if (!url.pathname.includes("usage/embeddings")) return answer;
      windows += 1;
      if (windows === 1) {
        await second.promise;
        return refusal(404);
      }
      second.resolve();
      await expect.poll(embeddings, { timeout: 10_000 }).toEqual({ state: "failing" });
      return answer;
    });
    const run = await sync("backfill");
    expect(streamOf(run, "usage.embeddings")).toMatchObject({
      state: "failed",
      errorCode: "not_found",
      windowsDone: 1,
    });
    expect(await embeddings()).toEqual({ state: "failing" });
    tampering.reset();
    expect((await sync("trailing")).state).toBe("succeeded");
    expect(await embeddings()).toEqual({ state: "ok" });
  });

  const embeddings = async () =>
    (
      await database.owner.query(
        "select state::text from streams where connection_id = $1 and name = 'usage.embeddings'",
        [connectionId],
      )
    ).rows[0];
});
