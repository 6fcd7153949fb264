import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureHome, ensureMasterKeys, ensureSecrets } from "./secrets.mjs";

let home;
const file = () => path.join(home, "secrets.json");
beforeEach(() => {
  home = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-secrets-")), "home");
  ensureHome(home);
});
afterEach(() => fs.rmSync(path.dirname(home), { recursive: true }));

it("the home of somebody else stays as closed as it is, also when root runs a command on it", () => {
  if (process.getuid?.() === 0) fs.chownSync(home, 12_345, 12_345);
  fs.chmodSync(home, 0o700);
  ensureHome(home);
  expect(fs.statSync(home).mode & 0o777).toBe(0o700);
});

describe("ensureSecrets", () => {
  it("generates each secret once, in the form the product expects", () => {
    const first = ensureSecrets(home, {});
    expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
    expect(ensureSecrets(home, {})).toEqual(first);
  });

  it("keeps them readable for their owner only", () => {
    ensureSecrets(home, {});
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(fs.statSync(home).mode & 0o066).toBe(0);
  });

  it("prefers the operator's, and stores none of those", () => {
    const secrets = ensureSecrets(home, { AUTH_SECRET: "operator" });
    expect(secrets.AUTH_SECRET).toBe("operator");
    expect(fs.readFileSync(file(), "utf8")).not.toContain("AUTH_SECRET");
  });

  it("writes nothing where the operator sets all", () => {
    ensureSecrets(home, { AUTH_SECRET: "a", APP_DATABASE_PASSWORD: "c" });
    expect(fs.existsSync(file())).toBe(false);
  });

  it("stops at a damaged file instead of replacing what cannot be replaced", () => {
    fs.writeFileSync(file(), "{");
    expect(() => ensureSecrets(home, {})).toThrow(/Restore it from a backup/);
    expect(fs.readFileSync(file(), "utf8")).toBe("{");
  });
});

describe("ensureMasterKeys", () => {
  const keysFile = () => path.join(home, "master-keys");

  it("makes one key once, for its owner only, in the form the product expects", () => {
    expect(ensureMasterKeys(home, {})).toEqual({ MASTER_KEYS_FILE: keysFile() });
    const text = fs.readFileSync(keysFile(), "utf8");
    const [version, key] = text.trim().split(/:(.*)/s);
    expect([version, Buffer.from(key, "base64").length]).toEqual(["v1", 32]);
    expect(fs.statSync(keysFile()).mode & 0o777).toBe(0o600);
    ensureMasterKeys(home, {});
    expect(fs.readFileSync(keysFile(), "utf8")).toBe(text);
  });

  it("leaves them to the operator who sets them", () => {
    expect(ensureMasterKeys(home, { MASTER_KEYS: "v7:operator" })).toEqual({ MASTER_KEYS: "v7:operator" });
    expect(fs.existsSync(keysFile())).toBe(false);
  });

  it("makes no new key over data that an old one sealed", () => {
    fs.mkdirSync(path.join(home, "postgres"));
    expect(() => ensureMasterKeys(home, {})).toThrow(/Restore it from a backup/);
  });
});
