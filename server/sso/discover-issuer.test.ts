import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { env } from "@/server/env";
import { discoverIssuer } from "@/server/sso/discover-issuer";
import { type Issuers, startIssuers } from "@/server/testing/issuer";

let issuers: Issuers;
beforeAll(async () => {
  issuers = await startIssuers();
});
afterAll(() => issuers.close());
// Loopback and http, as an installation inside a network may have its provider.
beforeEach(() => {
  env().ALLOW_PRIVATE_ADDRESSES = true;
});
afterEach(() => {
  env().ALLOW_PRIVATE_ADDRESSES = false;
});

const discover = (path: string) => discoverIssuer(`${issuers.origin}${path}`);
const reasonOf = (attempt: Promise<string>) => attempt.catch((error: { reason: string }) => error.reason);

it.each(["/acme", "/acme/", "/acme/.well-known/openid-configuration"])("%s is the issuer /acme", async (path) => {
  expect(await discover(path)).toBe(`${issuers.origin}/acme`);
});

it("is called as the provider writes it", async () => {
  issuers.set("/slash", { fields: { issuer: `${issuers.origin}/slash/` } });
  for (const path of ["/slash", "/slash/"]) expect(await discover(path)).toBe(`${issuers.origin}/slash/`);
});

it.each<[string, Parameters<Issuers["set"]>[1], string]>([
  ["that is not there", { status: 404, body: "" }, "issuer_without_configuration"],
  ["that fails", { status: 500, body: "{}" }, "issuer_without_configuration"],
  ["that is a web page", { status: 200, body: "<!doctype html>" }, "issuer_without_configuration"],
  ["that is no object", { status: 200, body: "null" }, "issuer_without_configuration"],
  ["without a name", { fields: { issuer: undefined } }, "issuer_without_configuration"],
  ["of somebody else", { fields: { issuer: "https://login.example.com" } }, "issuer_mismatch"],
  ["without authorization", { fields: { authorization_endpoint: undefined } }, "issuer_insufficient"],
  ["without tokens", { fields: { token_endpoint: "/token" } }, "issuer_insufficient"],
  ["without keys", { fields: { jwks_uri: "file:///etc/passwd" } }, "issuer_insufficient"],
  ["without the code flow", { fields: { response_types_supported: ["id_token"] } }, "issuer_insufficient"],
  ["without end", { status: 200, body: "x".repeat(2 * 1024 * 1024) }, "foreign_answer_too_large"],
])("a configuration %s is refused", async (_, answer, reason) => {
  issuers.set("/odd", answer);
  expect(await reasonOf(discover("/odd"))).toBe(reason);
});

it.each(["login.example.com", "https://login.example.com/?tenant=1", "https://login.example.com/#x", "https://a b/"])(
  "%s is no issuer",
  async (typed) => {
    expect(await reasonOf(discoverIssuer(typed))).toBe("issuer_malformed");
  },
);

it("is https, and on the public internet, unless the installation says otherwise", async () => {
  env().ALLOW_PRIVATE_ADDRESSES = false;
  for (const typed of [`${issuers.origin}/acme`, "http://login.example.com", "https://169.254.169.254"]) {
    expect(await reasonOf(discoverIssuer(typed)), typed).toBe("address_refused");
  }
});
