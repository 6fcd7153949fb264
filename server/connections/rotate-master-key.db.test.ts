import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { exclusively } from "@/server/db/exclusive.sql";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg, type TestOrg } from "@/server/testing/factories";

const database = useTestDatabase();
const masterKey = (version: string, byte: number) => `${version}:${Buffer.alloc(32, byte).toString("base64")}`;
const v1 = masterKey("v1", 1);
const v2 = masterKey("v2", 2);

const home = mkdtempSync(path.join(tmpdir(), "tollkeeper-keys-"));
const versionsIn = (file: string) => readFileSync(file, "utf8").match(/^v\d+/gm);
afterAll(() => rmSync(home, { recursive: true }));

let orgs: TestOrg[];
let connections: string[];

beforeAll(async () => {
  orgs = [await makeOrg("One"), await makeOrg("Two"), await makeOrg("Without a secret")];
  connections = [];
  for (const org of orgs.slice(0, 2)) connections.push(await makeConnection(org, { adminKey: `sk-admin-${org.slug}` }));
});

/** The product as it starts with these master keys: the environment is read once a process. */
async function withMasterKeys(keys: string, file = "") {
  Object.assign(process.env, { MASTER_KEYS: keys, MASTER_KEYS_FILE: file });
  vi.resetModules();
  const { rotateMasterKey } = await import("@/server/connections/rotate-master-key");
  const { openAdminKey } = await import("@/server/connections/admin-key");
  const { accessAsSystem } = await import("@/server/auth/scope");
  const open = async (i: number) => {
    const access = await accessAsSystem({ id: orgs[i]?.id ?? "" }, { type: "operator" });
    return (await access.inScope((scope) => openAdminKey(scope, connections[i] ?? ""))).adminKey;
  };
  return { rotateMasterKey, open };
}

const ciphertexts = async () =>
  (await database.owner.query("select id, encode(key_ciphertext, 'hex') as hex from connections order by id")).rows;

it("keys stay readable through a rotation, and the old master key is not needed after it", async () => {
  const before = await ciphertexts();
  const during = await withMasterKeys(`${v1},${v2}`);
  expect(await during.open(0)).toBe("sk-admin-one");
  expect(await during.rotateMasterKey()).toEqual({
    masterKeyVersion: "v2",
    orgs: 3,
    dataKeysRewrapped: 2,
    failures: [],
  });
  expect(await during.rotateMasterKey()).toMatchObject({ dataKeysRewrapped: 0, failures: [] });
  expect(await ciphertexts()).toEqual(before);

  const after = await withMasterKeys(v2);
  expect([await after.open(0), await after.open(1)]).toEqual(["sk-admin-one", "sk-admin-two"]);
  const withOldOnly = await withMasterKeys(v1);
  await expect(withOldOnly.open(0)).rejects.toMatchObject({ reason: "master_key_missing" });
});

it("an org whose master key is gone is named and does not stop the others", async () => {
  const v3 = masterKey("v3", 3);
  await database.owner.query("update org_data_keys set master_key_version = 'lost' where org_id = $1", [orgs[0]?.id]);
  const { rotateMasterKey, open } = await withMasterKeys(`${v2},${v3}`);
  const result = await rotateMasterKey();
  expect(result).toMatchObject({ masterKeyVersion: "v3", dataKeysRewrapped: 1 });
  expect(result.failures).toEqual([{ org: "one", message: expect.stringContaining("master key is not configured") }]);
  expect(await open(1)).toBe("sk-admin-two");
});

it("keys in a file get a new one each time, which running processes use at once", async () => {
  const file = path.join(home, "master-keys");
  writeFileSync(file, `${masterKey("v3", 3)}\n`, { mode: 0o600 });
  const rotating = await withMasterKeys("", file);
  const running = await withMasterKeys("", file);
  expect(await running.open(1)).toBe("sk-admin-two");
  expect(await rotating.rotateMasterKey()).toMatchObject({
    masterKeyVersion: expect.stringMatching(/^v4-[0-9a-f]{8}$/),
    dataKeysRewrapped: 1,
  });
  expect(await running.open(1)).toBe("sk-admin-two");
  expect(versionsIn(file)).toEqual(["v3", "v4"]);
});

it("a second rotation waits for the first: each would write the file without the other's key", async () => {
  const file = path.join(home, "contended");
  writeFileSync(file, readFileSync(path.join(home, "master-keys")));
  const { rotateMasterKey, open } = await withMasterKeys("", file);
  const first = Promise.withResolvers<void>();
  const underWay = exclusively("rotate-master-key", () => first.promise);
  await sleep(100);
  const others = [rotateMasterKey(), rotateMasterKey()];
  await sleep(300);
  expect(versionsIn(file)).toEqual(["v3", "v4"]);
  first.resolve();
  await Promise.all([underWay, ...others]);
  expect(versionsIn(file)).toEqual(["v3", "v4", "v5", "v6"]);
  expect(await open(1)).toBe("sk-admin-two");
});
