import { randomBytes } from "node:crypto";
import { describe, expect, inject, it } from "vitest";
import { UserError } from "./errors.mjs";
import { checkProduct } from "./product-checks.mjs";

const base = { PATH: process.env.PATH };
const masterKeys = `v1:${randomBytes(32).toString("base64")}`;

/** What the person at the terminal reads. */
async function refusalOf(what, env) {
  const error = await checkProduct(what, { ...base, ...env }).then(
    () => undefined,
    (error) => error,
  );
  if (error) expect(error).toBeInstanceOf(UserError);
  return error?.message.split("\n") ?? [];
}

describe("settings", () => {
  it("need not be there", async () => expect(await refusalOf("settings", {})).toEqual([]));

  it("that are wrong are all named in one message without a stack", async () => {
    const wrong = { SYNC_CONCURRENCY: "0", LOG_LEVEL: "loud", AUTH_SECRET: "short", MASTER_KEYS: "v1:abc" };
    expect(await refusalOf("settings", wrong)).toEqual([
      "The environment is not usable:",
      expect.stringMatching(/^ {2}AUTH_SECRET: /),
      expect.stringMatching(/^ {2}MASTER_KEYS: /),
      expect.stringMatching(/^ {2}LOG_LEVEL: /),
      expect.stringMatching(/^ {2}SYNC_CONCURRENCY: /),
      "See .env.example.",
    ]);
  });

  it("may not name a file of master keys that is not there", async () => {
    expect(await refusalOf("settings", { MASTER_KEYS_FILE: "/there/is/none" })).toContainEqual(
      expect.stringContaining("MASTER_KEYS_FILE: ENOENT"),
    );
  });
});

describe("the database", () => {
  const env = { AUTH_SECRET: "x".repeat(40), MASTER_KEYS: masterKeys };
  const template = (url) => Object.assign(new URL(url), { pathname: `/${inject("template")}` }).href;

  it("is used as a role that policies bind", async () => {
    expect(await refusalOf("database", { ...env, APP_DATABASE_URL: template(inject("appUrl")) })).toEqual([]);
    expect(await refusalOf("database", { ...env, APP_DATABASE_URL: template(inject("ownerUrl")) })).toEqual([
      expect.stringContaining("row level security does not apply"),
    ]);
  });
});
