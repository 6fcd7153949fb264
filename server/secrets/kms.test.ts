import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startKms } from "@/server/testing/kms";

const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
const OTHER = "arn:aws:kms:eu-central-1:111122223333:key/other";
const MASTER_KEYS = `v1:${Buffer.alloc(32, 1).toString("base64")}`;
const dataKey = Buffer.alloc(32, 9);

let kms: Awaited<ReturnType<typeof startKms>>;

beforeAll(async () => {
  kms = await startKms([ARN, OTHER]);
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  return kms.close();
});
beforeEach(() => {
  kms.calls.length = 0;
  kms.fail(null);
});

/** The product as it starts with these settings: the environment is read, and keys are remembered, once a process. */
async function startedWith(settings: { MASTER_KEY_KMS?: string; MASTER_KEYS?: string }) {
  for (const [name, value] of Object.entries({ MASTER_KEY_KMS: "", MASTER_KEYS: "", ...settings }))
    vi.stubEnv(name, value);
  vi.resetModules();
  return import("@/server/secrets/key-wrapping");
}

describe("with a key of AWS KMS", () => {
  it("data keys are wrapped there, bound to where they belong, in signed calls", async () => {
    const { wrapKey, unwrapKey } = await startedWith({ MASTER_KEY_KMS: ARN });
    const wrapped = await wrapKey(dataKey, "org 1");
    expect(wrapped.masterKeyVersion).toBe(`kms:${ARN}`);
    expect(Buffer.from(wrapped.wrappedKey).includes(dataKey)).toBe(false);
    expect(await unwrapKey(wrapped, "org 1")).toEqual(dataKey);
    const call = { keyId: ARN, context: { tollkeeper: "org 1" }, isSigned: true };
    expect(kms.calls).toEqual([
      { ...call, operation: "Encrypt" },
      { ...call, operation: "Decrypt" },
    ]);
  });

  it("what was wrapped for one place opens at no other", async () => {
    const { wrapKey, unwrapKey } = await startedWith({ MASTER_KEY_KMS: ARN });
    const wrapped = await wrapKey(dataKey, "org 1");
    await expect(unwrapKey(wrapped, "org 2")).rejects.toMatchObject({ reason: "key_service_failed" });
    await unwrapKey(wrapped, "org 1");
    await expect(unwrapKey(wrapped, "org 2"), "nor is it remembered there").rejects.toThrow();
    await expect(unwrapKey({ ...wrapped, masterKeyVersion: `kms:${OTHER}` }, "org 1")).rejects.toThrow();
  });

  it("a key that was opened is not asked for again at once", async () => {
    const { wrapKey, unwrapKey } = await startedWith({ MASTER_KEY_KMS: ARN });
    const wrapped = await wrapKey(dataKey, "org 1");
    for (let n = 0; n < 5; n++) await unwrapKey(wrapped, "org 1");
    expect(kms.calls.filter(({ operation }) => operation === "Decrypt")).toHaveLength(1);
  });

  it("a refusal is an error of the installation, without a word of what was sent", async () => {
    const { wrapKey, unwrapKey } = await startedWith({ MASTER_KEY_KMS: ARN });
    const wrapped = await wrapKey(dataKey, "org 1");
    kms.fail("AccessDeniedException");
    const error: unknown = await unwrapKey(wrapped, "org 1").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "internal",
      reason: "key_service_failed",
      details: { error: "AccessDeniedException" },
    });
    await expect(wrapKey(dataKey, "org 1")).rejects.toMatchObject({ reason: "key_service_failed" });
  });
});

it("what master keys of ours wrapped stays readable after the change to KMS, and counts as old", async () => {
  const before = await startedWith({ MASTER_KEYS });
  const wrapped = await before.wrapKey(dataKey, "org 1");
  const after = await startedWith({ MASTER_KEYS, MASTER_KEY_KMS: ARN });
  expect(await after.unwrapKey(wrapped, "org 1")).toEqual(dataKey);
  expect(after.isWrappedWithCurrent(wrapped)).toBe(false);
  expect(after.isWrappedWithCurrent(await after.wrapKey(dataKey, "org 1"))).toBe(true);
});

it.each(["alias/mine", "arn:aws:s3:::bucket", "1234abcd"])("refuses MASTER_KEY_KMS=%s", async (MASTER_KEY_KMS) => {
  const { wrapKey } = await startedWith({ MASTER_KEY_KMS });
  await expect(wrapKey(dataKey, "org 1")).rejects.toThrow("MASTER_KEY_KMS");
});
