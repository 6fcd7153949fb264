import { describe, expect, it } from "vitest";
import { networkOf } from "@/server/auth/credential-limits";

describe("networkOf", () => {
  it.each([
    ["one IPv4 address, however it is written", "203.0.113.7", "::ffff:203.0.113.7"],
    ["an IPv6 customer's many addresses", "2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"],
    ["addresses that are not known", null, "not an address"],
  ])("takes %s for one", (_what, a, b) => expect(networkOf(a)).toBe(networkOf(b)));

  it.each([
    ["neighbours in IPv4", "203.0.113.7", "203.0.113.8"],
    ["neighbouring customers in IPv6", "2001:db8:1:2::1", "2001:db8:1:3::1"],
  ])("tells %s apart", (_what, a, b) => expect(networkOf(a)).not.toBe(networkOf(b)));
});
