import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openAdminKey } from "@/server/connections/admin-key";
import { rewrapDataKeys } from "@/server/secrets/data-key";
import { rotateMasterKey } from "@/server/connections/rotate-master-key";
import { env } from "@/server/env";
import { parseMasterKeys } from "@/server/lib/master-key-text";
import { connect as connectAndSync, connectSample } from "@/server/sync/connect";
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
  connectAndSync(org.access, { name: null, adminKey, backfillDays: 5, trailingDays: 3, usageGranularity: "hour" });
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
    const { id } = await connectSample(org.access);
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

  it("looks at as many days again as is wanted, from one to a month", async () => {
    const { id } = await connect();
    const update = (trailingDays: number) => api().update({ org: org.slug, connectionId: id, trailingDays });
    expect(await api().get({ org: org.slug, connectionId: id })).toMatchObject({ trailingDays: 3 });
    await update(31);
    expect(await api().get({ org: org.slug, connectionId: id })).toMatchObject({ trailingDays: 31, backfillDays: 5 });
    for (const days of [0, 32, 1.5]) await expect(update(days)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("that is paused does not sync until it is resumed", async () => {
    const { id } = await connect();
    await api().pause({ org: org.slug, connectionId: id });
    expect(await reasonOf(callAs(org.owner).sync.start({ org: org.slug, connectionId: id }))).toBe("connection_paused");
    await api().resume({ org: org.slug, connectionId: id });
    expect(await reasonOf(callAs(org.owner).sync.start({ org: org.slug, connectionId: id }))).toBe("accepted");
  });

  it("to the sample organization follows the sandbox to another port, and is the same there", async () => {
    const { id } = await connectSample(org.access);
    const { SANDBOX_URL } = env();
    const elsewhere = await startProvider(new Date().toISOString());
    Object.assign(env(), { SANDBOX_URL: elsewhere.url });
    try {
      expect(await org.access.inScope((scope) => openAdminKey(scope, id))).toMatchObject({ baseUrl: elsewhere.url });
      expect(await reasonOf(connectSample(org.access))).toBe("organization_already_connected");
    } finally {
      Object.assign(env(), { SANDBOX_URL });
      await elsewhere.close();
    }
  });

  it("starts its first sync when it is made, with it or not at all", async () => {
    const { id, runId } = await connect();
    const { rows } = await database.owner.query(
      "select id, kind, state from sync_runs where org_id = $1 and connection_id = $2",
      [org.id, id],
    );
    expect(rows).toEqual([{ id: runId, kind: "backfill", state: "queued" }]);
    const jobs = await database.owner.query("select name from bullmq.job where data::text like $1", [`%${runId}%`]);
    expect(jobs.rows).toEqual([{ name: "sync.run" }]);
  });

  it("can be read, but not changed, by a reader, who does not learn how its key ends", async () => {
    const { id } = await connect();
    const reader = await makeMember(org, "reader");
    const [listed] = await api(reader).list({ org: org.slug });
    expect(listed).toMatchObject({ id, keyLast4: null });
    expect(await api(reader).get({ org: org.slug, connectionId: id })).toMatchObject({ keyLast4: null });
    expect(await api(await makeMember(org, "admin")).list({ org: org.slug })).toMatchObject([{ keyLast4: "only" }]);
    await expect(api(reader).pause({ org: org.slug, connectionId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("rotating the master key", () => {
  it("wraps the data keys anew while everything runs, and leaves every secret readable", async () => {
    const { id } = await connect();
    const directory = mkdtempSync(path.join(tmpdir(), "tk-keys-"));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = path.join(directory, "master-keys");
    writeFileSync(file, `v1:${Buffer.alloc(32, 1).toString("base64")}\n`, { mode: 0o600 });
    const { MASTER_KEYS } = env();
    Object.assign(env(), { MASTER_KEYS: undefined, MASTER_KEYS_FILE: file });
    try {
      const rotated = await rotateMasterKey();
      expect(rotated).toMatchObject({ masterKeyVersion: expect.stringMatching(/^v2/), failures: [] });
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
