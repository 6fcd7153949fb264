import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { checkMasterKeys } from "@/server/connections/check-master-keys";
import { env } from "@/server/env";
import { sealForInstallation } from "@/server/secrets/installation-key";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg } from "@/server/testing/factories";
import { startKms } from "@/server/testing/kms";

const database = useTestDatabase();
afterEach(() => {
  env().MASTER_KEY_KMS = undefined;
});

const masterKey = (version: string, byte: number) => ({ version, key: Buffer.alloc(32, byte) });
const [v1, v2] = [masterKey("v1", 1), masterKey("v2", 2)];

it("any master keys will do while nothing is stored", async () => {
  env().MASTER_KEYS = [masterKey("other", 9)];
  await expect(checkMasterKeys()).resolves.toBeUndefined();
});

describe("once there are secrets", () => {
  beforeAll(async () => {
    for (const master of [v1, v2]) {
      env().MASTER_KEYS = [master];
      await makeConnection(await makeOrg());
    }
  });

  it("each master key in use has to open them, in any order", async () => {
    env().MASTER_KEYS = [v2, v1, masterKey("v3", 3)];
    await expect(checkMasterKeys()).resolves.toBeUndefined();
  });

  it.each([
    ["one that is missing", [v1], "v2 is missing."],
    ["one that was mixed up", [v1, masterKey("v2", 9)], "v2 is not the one it was."],
    ["all of them", [masterKey("v1", 2)], "v1 is not the one it was, v2 is missing."],
  ])("%s is named", async (_what, keys, expected) => {
    env().MASTER_KEYS = keys;
    await expect(checkMasterKeys()).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringContaining(expected),
    });
  });
});

describe("once the installation has secrets of its own", () => {
  beforeAll(async () => {
    await database.owner.query("truncate org_data_keys, installation_keys");
    env().MASTER_KEYS = [v1];
    await sealForInstallation("of a person", "somewhere");
  });

  it("their master key has to open them as well", async () => {
    env().MASTER_KEYS = [v1, v2];
    await expect(checkMasterKeys()).resolves.toBeUndefined();
  });

  it.each([
    ["one that is missing", [v2], "v1 is missing."],
    ["one that was mixed up", [masterKey("v1", 9)], "v1 is not the one it was."],
  ])("%s is named, once", async (_what, keys, expected) => {
    env().MASTER_KEYS = [v1];
    await makeConnection(await makeOrg());
    env().MASTER_KEYS = keys;
    await expect(checkMasterKeys()).rejects.toMatchObject({
      message: expect.stringContaining(`do not open what is stored: ${expected}\n`),
    });
  });
});

describe("once a key service has wrapped keys", () => {
  const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
  let kms: Awaited<ReturnType<typeof startKms>>;

  beforeAll(async () => {
    kms = await startKms([ARN]);
    await database.owner.query("truncate org_data_keys, installation_keys");
  });
  afterAll(() => kms.close());

  /** The check as a process makes it that has just started: what was opened is remembered for a while. */
  async function checkAnew() {
    vi.resetModules();
    return (await import("@/server/connections/check-master-keys")).checkMasterKeys();
  }

  it("it has to open them, whatever is current", async () => {
    env().MASTER_KEY_KMS = ARN;
    await makeConnection(await makeOrg());
    await sealForInstallation("of a person", "somewhere");
    kms.calls.length = 0;
    await expect(checkAnew()).resolves.toBeUndefined();
    expect(kms.calls.filter(({ operation }) => operation === "Decrypt")).toHaveLength(2);
  });

  it("its refusal is named, with what to do about it", async () => {
    kms.fail("AccessDeniedException");
    await expect(checkAnew()).rejects.toMatchObject({
      code: "precondition",
      message: expect.stringMatching(/kms:arn:.+ refuses or does not answer \(AccessDeniedException\)\.\nLet the cred/),
    });
  });
});
