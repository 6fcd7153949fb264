import { describe, expect, it } from "vitest";
import { keyKind, matchesRedacted } from "./key-kind";

describe("the kind of a key", () => {
  it.each([
    ["sk-admin-AbC_123-xyz", "admin"],
    ["sk-proj-AbC123", "project"],
    ["sk-svcacct-AbC123", "service_account"],
    ["sk-AbC123456", "user"],
    ["sk-admin-", "malformed"],
    ["sk-admin-abc def", "malformed"],
    ["sk-admin-abcd\n", "malformed"],
    ["SK-ADMIN-abcd", "malformed"],
    ["", "malformed"],
    ["Bearer sk-admin-abcd", "malformed"],
  ])("%j is %s", (key, kind) => expect(keyKind(key)).toBe(kind));
});

describe("a redacted value", () => {
  const key = "sk-admin-abcdefghijklmnop";
  it.each(["sk-admin***************mnop", "sk-adm…nop", "sk-admin-...lmnop"])(
    "%s can stand for the key",
    (redacted) => {
      expect(matchesRedacted(key, redacted)).toBe(true);
    },
  );
  it.each(["sk-admin***xxxx", "sk-proj***mnop", "***", "sk-admin***op", "", key, "sk-a***gh***mnop"])(
    "%s cannot",
    (redacted) => {
      expect(matchesRedacted(key, redacted)).toBe(false);
    },
  );
});
