import { describe, expect, it } from "vitest";
import { safeCallbackPath, withCallback } from "./callback-path";

describe("safeCallbackPath", () => {
  it.each(["/acme/overview", "/acme/projects?range=7d&q=a%20b#top", "/"])("keeps %s", (path) => {
    expect(safeCallbackPath(path)).toBe(path);
  });

  it.each([
    null,
    undefined,
    "",
    "acme/overview",
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test/",
    "/\t/evil.test",
    "/\n/evil.test",
    "/./\\/evil.test",
    "/.//evil.test",
    "/api/auth/signout",
    "javascript:alert(1)",
    "data:text/html,hi",
  ])("answers %j with the start page", (value) => {
    expect(safeCallbackPath(value)).toBe("/");
  });

  it("resolves a path the way the browser will", () => {
    expect(safeCallbackPath("/acme/../other")).toBe("/other");
  });
});

describe("withCallback", () => {
  it("survives a round trip with query and hash", () => {
    const path = "/acme/projects?q=a&b=c#x";
    const url = new URL(withCallback("/sign-in", path), "http://a.test");
    expect(safeCallbackPath(url.searchParams.get("callbackUrl"))).toBe(path);
  });

  it("adds nothing for the start page", () => expect(withCallback("/sign-up", "/")).toBe("/sign-up"));
});
