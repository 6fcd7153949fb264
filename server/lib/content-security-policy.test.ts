import { expect, it } from "vitest";
import { contentSecurityPolicy } from "@/server/lib/content-security-policy";

const directivesOf = (policy: string) =>
  new Map(policy.split("; ").map((directive) => [directive.split(" ")[0], directive.split(" ").slice(1)]));

it("runs no script that stands in the page without the nonce", () => {
  const scripts = directivesOf(contentSecurityPolicy({ nonce: "bm9uY2U=", isHttps: true, isDev: false })).get(
    "script-src",
  );
  expect(scripts).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
});

it("lets nobody frame the product, change its base or take its forms, and loads nothing from elsewhere", () => {
  const directives = directivesOf(contentSecurityPolicy({ nonce: "n", isHttps: false, isDev: false }));
  expect(directives.get("frame-ancestors")).toEqual(["'none'"]);
  expect(directives.get("object-src")).toEqual(["'none'"]);
  for (const name of ["default-src", "connect-src", "font-src", "base-uri", "form-action"])
    expect(directives.get(name), name).toEqual(["'self'"]);
});

it("demands https only where the product is reached by it", () => {
  const policy = (isHttps: boolean) => contentSecurityPolicy({ nonce: "n", isHttps, isDev: false });
  expect(policy(true)).toContain("upgrade-insecure-requests");
  expect(policy(false)).not.toContain("upgrade-insecure-requests");
});

it("allows eval in development alone", () => {
  expect(contentSecurityPolicy({ nonce: "n", isHttps: false, isDev: true })).toContain("'unsafe-eval'");
});
