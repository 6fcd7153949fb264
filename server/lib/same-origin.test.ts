import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

describe("isSameOrigin", () => {
  it.each([
    ["our own page", { "sec-fetch-site": "same-origin" }, true],
    ["an address typed by hand", { "sec-fetch-site": "none" }, true],
    ["another site", { "sec-fetch-site": "cross-site" }, false],
    ["a sibling subdomain", { "sec-fetch-site": "same-site" }, false],
    ["another site that also sends our origin", { "sec-fetch-site": "cross-site", origin: "https://a.test" }, false],
    ["an older browser on our page", { origin: "https://a.test", host: "a.test" }, true],
    [
      "an older browser behind a proxy",
      { origin: "https://a.test", host: "10.0.0.1", "x-forwarded-host": "a.test" },
      true,
    ],
    ["an older browser on another port", { origin: "https://a.test:8443", host: "a.test" }, false],
    ["a sandboxed frame", { origin: "null", host: "a.test" }, false],
    ["no browser at all", { host: "a.test" }, true],
  ])("%s: %j -> %s", (_, headers, expected) => {
    expect(isSameOrigin(new Headers({ host: "a.test", ...headers } as Record<string, string>))).toBe(expected);
  });
});
