import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureHome, ensureSecrets } from "./secrets.mjs";

let home;
const file = () => path.join(home, "secrets.json");
beforeEach(() => {
  home = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "tollkeeper-secrets-")), "home");
  ensureHome(home);
});
afterEach(() => fs.rmSync(path.dirname(home), { recursive: true }));

describe("ensureSecrets", () => {
  it("generates each secret once, in the form the product expects", () => {
    const first = ensureSecrets(home, {});
    expect(first.AUTH_SECRET.length).toBeGreaterThanOrEqual(32);
    const [version, key] = first.MASTER_KEYS.split(/:(.*)/s);
    expect([version, Buffer.from(key, "base64").length]).toEqual(["v1", 32]);
    expect(ensureSecrets(home, {})).toEqual(first);
  });

  it("keeps them readable for their owner only", () => {
    ensureSecrets(home, {});
    expect(fs.statSync(file()).mode & 0o777).toBe(0o600);
    expect(fs.statSync(home).mode & 0o066).toBe(0);
  });

  it("prefers the operator's, and stores none of those", () => {
    const secrets = ensureSecrets(home, { MASTER_KEYS: "v7:operator" });
    expect(secrets.MASTER_KEYS).toBe("v7:operator");
    expect(fs.readFileSync(file(), "utf8")).not.toContain("MASTER_KEYS");
  });

  it("writes nothing where the operator sets all", () => {
    ensureSecrets(home, { AUTH_SECRET: "a", MASTER_KEYS: "b", APP_DATABASE_PASSWORD: "c" });
    expect(fs.existsSync(file())).toBe(false);
  });

  it("stops at a damaged file instead of replacing what cannot be replaced", () => {
    fs.writeFileSync(file(), "{");
    expect(() => ensureSecrets(home, {})).toThrow(/Restore it from a backup/);
    expect(fs.readFileSync(file(), "utf8")).toBe("{");
  });
});
