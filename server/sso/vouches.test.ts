import { expect, it } from "vitest";
import type { Claims } from "@/server/auth/identities/oidc-config";
import { vouches } from "@/server/sso/vouches";

const claims = (more: Partial<Claims>): Claims => ({ sub: "1", email: "ada@acme.example", ...more });
const OWN = "https://login.acme.example";
const GOOGLE = "https://accounts.google.com";

it.each([
  ["checked", true, { iss: OWN, email_verified: true }],
  ["of which nothing is said", true, { iss: OWN }],
  ["that nobody has checked", false, { iss: OWN, email_verified: false }],
  ["of Google's, of the organization itself", true, { iss: GOOGLE, email_verified: true, hd: "acme.example" }],
  ["of Google's, of somebody's own account", false, { iss: GOOGLE, email_verified: true }],
  ["of Google's, of another organization", false, { iss: GOOGLE, email_verified: true, hd: "other.example" }],
  ["of Google's, of an ending of the domain", false, { iss: GOOGLE, email_verified: true, hd: "example" }],
  ["of Google's, that nobody has checked", false, { iss: GOOGLE, hd: "acme.example" }],
])("an org's provider speaks for an address %s: %s", (_, isVouchedFor, more) =>
  expect(vouches(claims(more))).toBe(isVouchedFor),
);
