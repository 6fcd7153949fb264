import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAdminKey } from "@/server/connections/admin-key";
import { replaceKey } from "@/server/connections/replace-key";
import { breakConnection } from "@/server/connections/set-status";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";
import { startSync, streamOf, syncOnce } from "@/server/testing/sync";
import { refusal, startTampering, type TamperingProvider } from "@/server/testing/tampering";

// What the state of a key means for a connection: what is asked with it, when it breaks, and how it heals.

const database = useTestDatabase();
const FULL = "sk-admin-sandbox-acme-readwrite";
const READONLY = "sk-admin-sandbox-acme-readonly";
const USAGE_ONLY = "sk-admin-sandbox-acme-usage";

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
  connectionId = await connect(FULL);
});

async function connect(adminKey: string, baseUrl = provider.url) {
  const id = await makeConnection(org, { baseUrl, adminKey, backfillDays: 3, usageGranularity: "day" });
  await database.owner.query("update connections set openai_org_id = 'org-sandboxacme' || $2 where id = $1", [
    id,
    baseUrl === provider.url ? "" : "-elsewhere",
  ]);
  return id;
}

const sync = (kind: "backfill" | "trailing" | "directory" = "backfill", id = connectionId) =>
  syncOnce(org, { connectionId: id, kind, now: provider.now });

const replace = (adminKey: string) => replaceKey(org.access, { connectionId, adminKey });

async function connection(id = connectionId) {
  const { rows } = await database.owner.query(
    "select status::text, status_reason as reason, abilities, last_synced_at as synced from connections where id = $1",
    [id],
  );
  return rows[0];
}

const streamState = async (name: string, id = connectionId) =>
  (
    await database.owner.query(
      "select state::text, error_code as code from streams where connection_id = $1 and name = $2",
      [id, name],
    )
  ).rows[0];

describe("a key that may not read everything", () => {
  it("is asked only for what it may read, and that is a success", async () => {
    await replace(USAGE_ONLY);
    await provider.control("stats/reset", {});
    const run = await sync();
    expect(run.state).toBe("succeeded");
    expect(run.streams.filter(({ name }) => name.startsWith("directory."))).toEqual([]);
    expect(await provider.callsTo("/v1/organization/projects")).toBe(0);
    expect(await streamState("directory.projects")).toEqual({ state: "forbidden", code: "permission" });
    await replace(FULL);
    expect((await sync()).state).toBe("succeeded");
    expect(await streamState("directory.projects")).toEqual({ state: "ok", code: null });
  });

  it("that lost the names since goes on with costs: the nightly run finds out and breaks nothing", async () => {
    // Verified as one that may read everything.
    const id = await connect(USAGE_ONLY, tampering.url);
    const run = await sync("directory", id);
    expect(run).toMatchObject({ state: "succeeded", streams: [] });
    expect(await connection(id)).toMatchObject({ status: "active", abilities: { directory: false, costs: true } });
    expect((await sync("trailing", id)).state).toBe("succeeded");
  });

  it("that is refused every name although it may list projects breaks nothing either", async () => {
    const id = await connect(READONLY, tampering.url);
    tampering.tamper((answer, url) => {
      const isVerifying = /projects$/.test(url.pathname) && !url.searchParams.has("include_archived");
      return isVerifying || /costs|usage/.test(url.pathname) ? answer : refusal(403);
    });
    const run = await sync("directory", id);
    expect(new Set(run.streams.map(({ errorCode }) => errorCode))).toEqual(new Set(["permission"]));
    expect((await connection(id)).status).toBe("active");
    expect((await sync("trailing", id)).state).toBe("succeeded");
  });

  it("is found to read names again by the nightly run", async () => {
    await database.owner.query(`update connections set abilities = abilities || '{"directory": false}' where id = $1`, [
      connectionId,
    ]);
    expect((await sync("directory")).streams.length).toBeGreaterThan(5);
    expect((await connection()).abilities.directory).toBe(true);
  });
});

describe("a key that is refused", () => {
  it("breaks the connection for lack of permission when it may read no figure any more", async () => {
    tampering.tamper(() => refusal(403));
    const id = await connect(READONLY, tampering.url);
    expect((await sync("trailing", id)).state).toBe("failed");
    expect(await connection(id)).toMatchObject({ status: "broken", reason: "permission" });
  });

  it("says nothing about the key that has replaced it meanwhile", async () => {
    await provider.control("faults", { match: "organization/", latencyMs: 300 });
    const runId = await startSync(org, { connectionId, kind: "backfill" });
    const running = syncOnce(org, { connectionId, runId, now: provider.now });
    await expect.poll(() => provider.totalCalls(), { timeout: 10_000 }).toBeGreaterThan(0);
    await provider.clearFaults();
    await replace(READONLY);
    await provider.control("keys/revoke", { key: FULL });
    expect(await running).toMatchObject({ state: "cancelled" });
    expect(await connection()).toMatchObject({ status: "active", reason: null });
    expect((await sync()).state).toBe("succeeded");
  });

  it("breaks the connection only while it is the one that is stored", async () => {
    const used = await org.access.inScope((scope) => openAdminKey(scope, connectionId));
    await replace(READONLY);
    await org.access.inScope((scope) => breakConnection(scope, used, "auth"));
    expect((await connection()).status).toBe("active");
    const stored = await org.access.inScope((scope) => openAdminKey(scope, connectionId));
    await org.access.inScope((scope) => breakConnection(scope, stored, "auth"));
    expect((await connection()).status).toBe("broken");
  });
});

describe("a broken connection", () => {
  beforeEach(async () => {
    await database.owner.query("update connections set status = 'broken', status_reason = 'auth' where id = $1", [
      connectionId,
    ]);
  });

  it("can be tried again, and works again once a sync succeeded as a whole", async () => {
    await callAs(org.owner).connections.resume({ org: org.slug, connectionId });
    expect((await connection()).status, "not before it is proved").toBe("broken");
    const { rows } = await database.owner.query("select id from sync_runs where connection_id = $1", [connectionId]);
    expect((await syncOnce(org, { connectionId, runId: rows[0].id, now: provider.now })).state).toBe("succeeded");
    expect(await connection()).toMatchObject({ status: "active", reason: null });
    const audit = await database.owner.query("select action from audit_events where org_id = $1 and target_id = $2", [
      org.id,
      connectionId,
    ]);
    expect(audit.rows.map(({ action }) => action)).toContain("connection.mend");
  });

  it("stays broken while its key is refused, or only names can be read", async () => {
    await sync("directory");
    expect((await connection()).status).toBe("broken");
    await provider.control("keys/revoke", { key: FULL });
    await sync("trailing");
    expect((await connection()).status).toBe("broken");
  });
});

describe("an address that is not the provider's", () => {
  it.each([
    ["knows nothing", () => refusal(404), "not_found"],
    ["leads elsewhere", () => ({ status: 308, body: "", location: "https://example.com/" }), "redirected"],
    ["refuses every question", () => refusal(400), "bad_request"],
  ] as const)("that %s is a failure in words, and nothing counts as synced", async (_name, answer, errorCode) => {
    const id = await connect(FULL, tampering.url);
    tampering.tamper(answer);
    const run = await sync("backfill", id);
    expect(run.state).toBe("failed");
    expect(streamOf(run, "costs.project")).toMatchObject({ state: "failed", errorCode });
    expect(streamOf(run, "directory.api_keys")).toMatchObject({ state: "failed", errorCode });
    expect((await connection(id)).synced).toBeNull();
    expect(await streamState("costs.project", id)).toEqual({ state: "failing", code: errorCode });
  });

  it("is told from a list that this organization is not offered", async () => {
    const id = await connect(FULL, tampering.url);
    tampering.tamper((answer, url) =>
      url.pathname.endsWith("/costs") && url.search.includes("user_id") ? refusal(404) : answer,
    );
    const run = await sync("backfill", id);
    expect(run.state).toBe("succeeded");
    expect(streamOf(run, "costs.user")).toMatchObject({ state: "succeeded", errorCode: "unsupported" });
    expect(await streamState("costs.user", id)).toEqual({ state: "unsupported", code: "unsupported" });
  });
});
