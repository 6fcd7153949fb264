import { beforeAll, describe, expect, it } from "vitest";
import { checkMasterKeys } from "@/server/connections/check-master-keys";
import { env } from "@/server/env";
import { useTestDatabase } from "@/server/testing/database";
import { makeConnection, makeOrg } from "@/server/testing/factories";

useTestDatabase();

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
