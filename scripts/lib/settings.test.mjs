import path from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./paths.mjs";
import { readSettings } from "./settings.mjs";

describe("readSettings", () => {
  it("needs nothing", () => {
    expect(readSettings({})).toEqual({
      home: path.join(root, ".tollkeeper"),
      port: 3000,
      sandbox: { isEnabled: true, port: 4010 },
      databaseUrl: undefined,
      appDatabaseUrl: undefined,
      redisUrl: undefined,
    });
  });

  it("takes an empty variable as unset", () => {
    expect(readSettings({ PORT: "", REDIS_URL: " ", SANDBOX_ENABLED: "" })).toEqual(readSettings({}));
  });

  it("resolves the home from the checkout, wherever the command is run", () => {
    expect(readSettings({ TOLLKEEPER_HOME: "data" }).home).toBe(path.join(root, "data"));
    expect(readSettings({ TOLLKEEPER_HOME: "/srv/tollkeeper" }).home).toBe("/srv/tollkeeper");
  });

  it.each([
    [{ PORT: "http" }, /PORT must be a port number/],
    [{ PORT: "70000" }, /PORT must be a port number/],
    [{ SANDBOX_PORT: "3000" }, /PORT and SANDBOX_PORT are both 3000/],
    [{ SANDBOX_ENABLED: "maybe" }, /SANDBOX_ENABLED must be true or false/],
    [{ DATABASE_URL: "mysql://u:secret@h/d" }, /DATABASE_URL is not a URL such as postgresql:/],
    [{ REDIS_URL: "localhost:6379" }, /REDIS_URL is not a URL such as redis:/],
    [{ APP_DATABASE_URL: "postgresql://a@h/d" }, /DATABASE_URL is not/],
  ])("refuses %o", (env, sentence) => {
    expect(() => readSettings(env)).toThrow(sentence);
  });

  it("lets the sandbox's port collide when the sandbox is off", () => {
    expect(readSettings({ SANDBOX_PORT: "3000", SANDBOX_ENABLED: "false" }).sandbox.isEnabled).toBe(false);
  });

  it("never repeats a URL, it may contain a password", () => {
    expect(() => readSettings({ DATABASE_URL: "mysql://u:secret@h/d" })).not.toThrow(/secret/);
  });
});
