import { describe, expect, it } from "vitest";
import { checkGivenEnv, parseEnv } from "@/server/env";

const valid = {
  APP_DATABASE_URL: "postgresql://app:hunter2@127.0.0.1:5432/tollkeeper",
  AUTH_SECRET: "x".repeat(40),
  MASTER_KEYS: `v1:${Buffer.alloc(32).toString("base64")}`,
};

const messageOf = (overrides: Record<string, string | undefined>) => {
  try {
    parseEnv({ ...valid, ...overrides });
    return "";
  } catch (error) {
    return String(error);
  }
};

describe("the environment", () => {
  it("needs little", () =>
    expect(parseEnv(valid)).toMatchObject({
      PORT: 3000,
      OPENAI_BASE_URL: "https://api.openai.com/v1",
    }));
  it("takes blank for unset", () =>
    expect(parseEnv({ ...valid, REDIS_URL: " ", PORT: "" })).toMatchObject({
      PORT: 3000,
    }));

  it.each([
    ["APP_DATABASE_URL", undefined],
    ["APP_DATABASE_URL", "mysql://x"],
    ["AUTH_SECRET", "short"],
    ["MASTER_KEYS", "v1:c2hvcnQ="],
    ["MASTER_KEYS", "nonsense"],
    ["MASTER_KEYS", undefined],
    ["MASTER_KEYS", `${valid.MASTER_KEYS},${valid.MASTER_KEYS}`],
    ["MASTER_KEYS_FILE", "/there/is/no/such/file"],
    ["MASTER_KEYS_FILE", import.meta.filename],
    ["SYNC_CONCURRENCY", "0"],
    ["PORT", "70000"],
    ["REDIS_URL", "http://x"],
    ["OPENAI_BASE_URL", "ftp://x"],
    ["LOG_LEVEL", "loud"],
    ["GOOGLE_CLIENT_ID", "id without secret"],
    ["GITHUB_CLIENT_SECRET", "secret without id"],
  ])("says that %s is wrong when it is %s", (name, value) => expect(messageOf({ [name]: value })).toContain(name));

  it("names everything that is wrong at once", () => {
    const message = messageOf({ AUTH_SECRET: "short", PORT: "x" });
    expect(message).toContain("AUTH_SECRET");
    expect(message).toContain("PORT");
  });

  it("never repeats a value: it may be a secret", () => {
    expect(
      messageOf({ AUTH_SECRET: "hunter3", APP_DATABASE_URL: "mysql://app:hunter2@x", MASTER_KEYS: "v1:hunter4" }),
    ).not.toMatch(/hunter/);
  });

  it("keeps master keys in order, the current one last", () => {
    const keys = `${valid.MASTER_KEYS}, v2:${Buffer.alloc(32, 2).toString("base64")}`;
    expect(parseEnv({ ...valid, MASTER_KEYS: keys }).MASTER_KEYS?.map((key) => key.version)).toEqual(["v1", "v2"]);
  });
});

describe("what is set, before anything is generated", () => {
  it.each([
    [{}],
    [{ PORT: "3001", LOG_LEVEL: "debug" }],
    [{ MASTER_KEYS: valid.MASTER_KEYS }],
    [{ AUTH_SECRET: "", MASTER_KEYS_FILE: " " }],
  ])("may be incomplete: %j", (given) => {
    expect(() => checkGivenEnv(given)).not.toThrow();
  });

  it.each([
    ["SYNC_CONCURRENCY", { SYNC_CONCURRENCY: "0" }],
    ["AUTH_SECRET", { AUTH_SECRET: "short" }],
    ["GOOGLE_CLIENT_SECRET", { GOOGLE_CLIENT_SECRET: "x" }],
    ["MASTER_KEYS", { MASTER_KEYS: "v1:abc" }],
    ["MASTER_KEYS_FILE", { MASTER_KEYS_FILE: "/there/is/no/such/file" }],
  ])("is refused when %s is wrong, and nothing else is mentioned", (name, given) => {
    expect(() => checkGivenEnv(given)).toThrow(
      new RegExp(`^The environment is not usable:\\n  ${name}: [^\\n]+\\nSee`),
    );
  });
});
