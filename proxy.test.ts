import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { config, proxy } from "./proxy";

const answerTo = (headers: Record<string, string> = {}) =>
  proxy(new NextRequest("http://localhost:3000/acme/models/gpt-4.1?range=30d", { headers })).headers;
const nonceIn = (policy: string | null) => /'nonce-([^']+)'/.exec(policy ?? "")?.[1];

it("gives every answer a nonce of its own, the same to the page and to the browser", () => {
  const [first, second] = [answerTo(), answerTo()];
  const nonce = nonceIn(first.get("content-security-policy"));
  expect(Buffer.from(nonce ?? "", "base64")).toHaveLength(16);
  expect(first.get("x-middleware-request-x-nonce")).toBe(nonce);
  expect(first.get("x-middleware-request-content-security-policy")).toBe(first.get("content-security-policy"));
  expect(nonceIn(second.get("content-security-policy"))).not.toBe(nonce);
});

it("takes no nonce and no policy from who asks", () => {
  const answer = answerTo({ "x-nonce": "chosen", "content-security-policy": "script-src 'nonce-chosen'" });
  expect(answer.get("content-security-policy")).not.toContain("chosen");
  expect(answer.get("x-middleware-request-x-nonce")).not.toBe("chosen");
  expect(answer.get("x-middleware-request-content-security-policy")).not.toContain("chosen");
});

it("covers pages whose address has a dot, and no data", () => {
  const [matcher = ""] = config.matcher;
  const covers = (path: string) => new RegExp(`^${matcher}$`).test(path);
  expect(["/", "/acme/models/gpt-4.1", "/acme/people/a.b@example.com", "/acme/favicon.ico"].every(covers)).toBe(true);
  expect(["/api/trpc/x", "/_next/static/chunks/a.js", "/icon.svg", "/logo.svg", "/favicon.ico"].some(covers)).toBe(
    false,
  );
});
