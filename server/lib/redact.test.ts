import { describe, expect, it } from "vitest";
import { redactText } from "@/server/lib/redact";

describe("what looks like a secret is removed", () => {
  it.each([
    ["a key", "refused sk-admin-abc_DEF-123456.", "refused [redacted]."],
    ["an API token of ours", `Bearer tollkeeper_${"aZ-_0".repeat(8)}`, "Bearer [redacted]"],
    [
      "the password of a URL",
      "postgresql://app:hunter2@db:5432/tollkeeper",
      "postgresql://app:[redacted]@db:5432/tollkeeper",
    ],
    ["a password without a user", "redis://:hunter2@queue", "redis://:[redacted]@queue"],
    [
      "every one of several",
      "a://b:c@d e://f:g@h sk-proj-12345678",
      "a://b:[redacted]@d e://f:[redacted]@h [redacted]",
    ],
  ])("%s", (_what, text, expected) => expect(redactText(text)).toBe(expected));
});

describe("nothing else is", () => {
  it.each([
    "http://127.0.0.1:4010/v1 asked for ada@example.com",
    "https://example.com/path?to=ada@example.com",
    "ask-around and task-force",
    "the role tollkeeper_app of tollkeeper",
  ])("%s", (text) => expect(redactText(text)).toBe(text));

  it.each([
    { url: "http://127.0.0.1:4010", email: "ada@example.com" },
    { message: 'got "http://127.0.0.1:4010" for "ada@example.com"', url: "postgresql://app:hunter2@db/x" },
    { first: "http://host", port: 1, second: "who@example.com" },
  ])("a line of JSON keeps its fields: %j", (fields) => {
    const parsed = JSON.parse(redactText(JSON.stringify(fields)));
    expect(parsed).toEqual(JSON.parse(JSON.stringify(fields).replace("hunter2", "[redacted]")));
  });
});
