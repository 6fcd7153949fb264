import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openAdminKey } from "@/server/connections/admin-key";
import { createConnection, createSampleConnection } from "@/server/connections/create-connection";
import { rewrapDataKeys } from "@/server/secrets/data-key";
import { rotateMasterKey } from "@/server/connections/rotate-master-key";
import { env } from "@/server/env";
import { parseMasterKeys } from "@/server/lib/master-key-text";
import { executeRun } from "@/server/sync/execute-run";
import { startRun } from "@/server/sync/start-run";
import { useTestDatabase } from "@/server/testing/database";
import { callAs, makeConnection, makeMember, makeOrg, type TestOrg } from "@/server/testing/factories";
import { type Provider, startProvider } from "@/server/testing/provider";

const database = useTestDatabase();
const READONLY = "sk-admin-sandbox-acme-readonly";
const READWRITE = "sk-admin-sandbox-acme-readwrite";

let provider: Provider;
let org: TestOrg;

beforeAll(async () => {
  // Verification asks for the last days by the wall clock.
  provider = await startProvider(new Date().toISOString());
  process.env.OPENAI_BASE_URL = provider.url;
  process.env.SANDBOX_URL = provider.url;
});
afterAll(() => provider.close());
beforeEach(async () => {
  await provider.reset();
  org = await makeOrg();
});

const connect = (adminKey = READONLY) =>
  createConnection(org.access, { name: null, adminKey, backfillDays: 5, usageGranularity: "hour" });
const api = (user = org.owner) => callAs(user).connections;
const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "accepted",
    (error: { reason?: string; cause?: { reason?: string } }) => error.reason ?? error.cause?.reason,
  );

describe("verifying a key", () => {
  it("shows what it belongs to and what it can do, and stores nothing", async () => {
    const verified = await api().verify({ org: org.slug, adminKey: ` ${READONLY}\n` });
    expect(verified).toMatchObject({
      openaiOrgId: "org-sandboxacme",
      openaiOrgName: "Acme Robotics",
      projectCount: 10,
      isProjectCountExact: true,
      abilities: { costs: true, usage: true, directory: true },
      keyLast4: "only",
      existing: null,
    });
    const { rows } = await database.owner.query("select count(*)::int as n from connections where org_id = $1", [
      org.id,
    ]);
    expect(rows[0].n).toBe(0);
  });

  it.each([
    ["nonsense", "key_malformed"],
    ["sk-proj-sandbox-acme", "key_other_kind"],
    ["sk-admin-sandbox-nobody", "key_invalid"],
  ])("refuses %s as %s", async (adminKey, reason) => {
    expect(await reasonOf(api().verify({ org: org.slug, adminKey }))).toBe(reason);
  });

  it("refuses a revoked key", async () => {
    await provider.control("keys/revoke", { key: READONLY });
    expect(await reasonOf(api().verify({ org: org.slug, adminKey: READONLY }))).toBe("key_invalid");
  });

  it("tells a provider in trouble from a bad key", async () => {
    await provider.control("faults", { status5xx: { everyN: 1 } });
    expect(await reasonOf(api().verify({ org: org.slug, adminKey: READONLY }))).toBe("provider_failed");
    await provider.control("faults", { rate429: { everyN: 1, retryAfterSeconds: 60 } });
    expect(await reasonOf(api().verify({ org: org.slug, adminKey: READONLY }))).toBe("provider_rate_limited");
  });
});

describe("a connection", () => {
  it("keeps its key sealed: nowhere in the database in clear, and never in an answer", async () => {
    const { id } = await connect();
    const { rows } = await database.owner.query(
      "select c::text || encode(c.key_ciphertext, 'escape') as everything from connections c",
    );
    expect(JSON.stringify(rows)).not.toContain("sandbox-acme-readonly");
    const audit = await database.owner.query("select a::text from audit_events a where org_id = $1", [org.id]);
    expect(JSON.stringify(audit.rows)).not.toContain(READONLY);
    expect(
      JSON.stringify([await api().list({ org: org.slug }), await api().get({ org: org.slug, connectionId: id })]),
    ).not.toMatch(/sk-admin|ciphertext|base_?url/i);
    expect(await org.access.inScope((scope) => openAdminKey(scope, id))).toMatchObject({ adminKey: READONLY });
  });

  it("has a key that opens nowhere else: not in another row, not in another org", async () => {
    const { id } = await connect();
    const twin = await makeConnection(org);
    await database.owner.query(
      "update connections set key_ciphertext = (select key_ciphertext from connections where id = $1) where id = $2",
      [id, twin],
    );
    await expect(org.access.inScope((scope) => openAdminKey(scope, twin))).rejects.toMatchObject({
      reason: "admin_key_unreadable",
    });
    const other = await makeOrg("Other");
    const stolen = await makeConnection(other);
    await database.owner.query(
      "update connections set key_ciphertext = (select key_ciphertext from connections where id = $1) where id = $2",
      [id, stolen],
    );
    await expect(other.access.inScope((scope) => openAdminKey(scope, stolen))).rejects.toMatchObject({
      reason: "admin_key_unreadable",
    });
  });

  it("to the same OpenAI organization is made once, by two at once as well", async () => {
    const results = await Promise.allSettled([connect(), connect()]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await reasonOf(connect(READWRITE))).toBe("organization_already_connected");
    expect((await api().verify({ org: org.slug, adminKey: READONLY })).existing).toMatchObject({
      name: "Acme Robotics",
    });
  });

  it("to the sample organization is marked as such", async () => {
    const { id } = await createSampleConnection(org.access);
    expect(await api().get({ org: org.slug, connectionId: id })).toMatchObject({
      isSample: true,
      openaiOrgName: "Acme Robotics",
    });
  });

  it("takes a new key of the same organization only, and heals with it", async () => {
    const { id } = await connect();
    await database.owner.query("update connections set status = 'broken', status_reason = 'auth' where id = $1", [id]);
    expect(
      await reasonOf(api().replaceKey({ org: org.slug, connectionId: id, adminKey: "sk-admin-sandbox-beacon" })),
    ).toBe("key_of_other_organization");
    await api().replaceKey({ org: org.slug, connectionId: id, adminKey: READWRITE });
    expect(await api().get({ org: org.slug, connectionId: id })).toMatchObject({
      status: "active",
      statusReason: null,
      keyLast4: "rite",
    });
    expect(await org.access.inScope((scope) => openAdminKey(scope, id))).toMatchObject({ adminKey: READWRITE });
  });

  it("that is paused does not sync until it is resumed", async () => {
    const { id } = await connect();
    await api().pause({ org: org.slug, connectionId: id });
    expect(await reasonOf(callAs(org.owner).sync.start({ org: org.slug, connectionId: id }))).toBe("connection_paused");
    await api().resume({ org: org.slug, connectionId: id });
    expect(await reasonOf(callAs(org.owner).sync.start({ org: org.slug, connectionId: id }))).toBe("accepted");
  });

  it("can be read, but not changed, by a reader", async () => {
    const { id } = await connect();
    const reader = await makeMember(org, "reader");
    expect(await api(reader).list({ org: org.slug })).toHaveLength(1);
    await expect(api(reader).pause({ org: org.slug, connectionId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("deleting a connection", () => {
  const rowsLeft = async (id: string) => {
    const counts = await database.owner.query(
      `select (select count(*) from cost_facts where org_id = $1)::int as facts, (select count(*) from cost_daily where org_id = $1)::int as daily,
         (select count(*) from usage_facts where org_id = $1)::int as usage, (select count(*) from directory_items where org_id = $1)::int as names,
         (select key_ciphertext is null from connections where id = $2) as forgotten`,
      [org.id, id],
    );
    return counts.rows[0];
  };
  const synced = async () => {
    const { id } = await connect();
    const { runId } = await org.access.inScope((scope) =>
      startRun(scope, { connectionId: id, kind: "backfill", trigger: "cli", isInline: true }),
    );
    await executeRun(org.access, runId, { concurrency: 4, now: provider.now });
    return id;
  };

  it("destroys the key and keeps the history", async () => {
    const id = await synced();
    const before = await rowsLeft(id);
    await api().delete({ org: org.slug, connectionId: id, history: "keep" });
    expect(await rowsLeft(id)).toEqual({ ...before, forgotten: true });
    expect(await api().list({ org: org.slug })).toEqual([]);
    expect(await reasonOf(connect())).toBe("accepted");
  });

  it("erases all of it when that is wanted", async () => {
    const id = await synced();
    await api().delete({ org: org.slug, connectionId: id, history: "erase" });
    expect(await rowsLeft(id)).toEqual({ facts: 0, daily: 0, usage: 0, names: 0, forgotten: true });
  });
});

describe("rotating the master key", () => {
  it("wraps the data keys anew while everything runs, and leaves every secret readable", async () => {
    const { id } = await connect();
    const file = path.join(mkdtempSync(path.join(tmpdir(), "tk-keys-")), "master-keys");
    writeFileSync(file, `v1:${Buffer.alloc(32, 1).toString("base64")}\n`, { mode: 0o600 });
    const { MASTER_KEYS } = env();
    Object.assign(env(), { MASTER_KEYS: undefined, MASTER_KEYS_FILE: file });
    try {
      const rotated = await rotateMasterKey();
      expect(rotated).toMatchObject({ masterKeyVersion: "v2", failures: [] });
      expect(rotated.dataKeysRewrapped).toBeGreaterThan(0);
      expect(await org.access.inScope(rewrapDataKeys), "a second time there is nothing to do").toBe(0);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      // Without the old key, everything still opens.
      writeFileSync(file, readFileSync(file, "utf8").split("\n").slice(1).join("\n"));
      expect(await org.access.inScope((scope) => openAdminKey(scope, id))).toMatchObject({ adminKey: READONLY });
    } finally {
      Object.assign(env(), {
        MASTER_KEYS: [...(MASTER_KEYS ?? []), ...parseMasterKeys(readFileSync(file, "utf8"))],
        MASTER_KEYS_FILE: undefined,
      });
    }
  });

  it("says which key is missing when one is, and not what it would have opened", async () => {
    const { id } = await connect();
    await database.owner.query("update org_data_keys set master_key_version = 'lost' where org_id = $1", [org.id]);
    await expect(org.access.inScope((scope) => openAdminKey(scope, id))).rejects.toMatchObject({
      reason: "master_key_missing",
    });
  });
});
