import { describe, expect, it } from "vitest";
import { clientAddress, parseTrustedProxies } from "./client-address.mjs";

const addressOf = (trust, socketAddress, forwardedFor) =>
  clientAddress({ socketAddress, forwardedFor, trusted: parseTrustedProxies(trust) });

describe("with no trusted proxy", () => {
  it.each([undefined, "", "0"])(
    "the connection's address counts, whatever is forwarded (TRUSTED_PROXIES=%s)",
    (trust) => {
      expect(addressOf(trust, "203.0.113.9", "10.0.0.1")).toBe("203.0.113.9");
      expect(addressOf(trust, "::ffff:127.0.0.1", "1.2.3.4, 5.6.7.8")).toBe("127.0.0.1");
    },
  );

  it("a connection that is gone has no address", () => {
    expect(addressOf(undefined, undefined, "1.2.3.4")).toBeNull();
  });
});

describe("with a number of proxies", () => {
  it("what the outermost of them saw counts, not what was sent to it", () => {
    expect(addressOf("1", "10.0.0.1", "6.6.6.6, 203.0.113.9")).toBe("203.0.113.9");
    expect(addressOf("2", "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2")).toBe("203.0.113.9");
  });

  it("fewer entries than proxies: the leftmost there is", () => {
    expect(addressOf("3", "10.0.0.1", "203.0.113.9")).toBe("203.0.113.9");
    expect(addressOf("1", "10.0.0.1", undefined)).toBe("10.0.0.1");
  });
});

describe("with networks", () => {
  const trust = "10.0.0.0/8, 192.0.2.7, fd00::/8";

  it("proxies in them are passed over, and the first foreign address counts", () => {
    expect(addressOf(trust, "10.1.2.3", "6.6.6.6, 203.0.113.9, 192.0.2.7")).toBe("203.0.113.9");
    expect(addressOf(trust, "fd00::5", "2001:db8::1")).toBe("2001:db8::1");
    expect(addressOf(trust, "::ffff:10.1.2.3", "203.0.113.9")).toBe("203.0.113.9");
  });

  it("who connects from elsewhere is believed nothing", () => {
    expect(addressOf(trust, "203.0.113.9", "127.0.0.1")).toBe("203.0.113.9");
    expect(addressOf(trust, "192.0.2.8", "10.0.0.1")).toBe("192.0.2.8");
  });

  it("a request that begins inside has the address it begins at", () => {
    expect(addressOf(trust, "10.1.2.3", "10.9.9.9")).toBe("10.9.9.9");
  });
});

it("entries may carry ports, brackets and zones", () => {
  expect(addressOf("1", "10.0.0.1", "203.0.113.9:4711")).toBe("203.0.113.9");
  expect(addressOf("1", "10.0.0.1", "[2001:db8::1]:443")).toBe("2001:db8::1");
  expect(addressOf("1", "fe80::1%eth0", undefined)).toBe("fe80::1");
});

it.each(["unknown", "_hidden", "", "1.2.3", "localhost", "<script>"])(
  "an entry that is no address (%s) leaves that of the proxy",
  (entry) => {
    expect(addressOf("1", "10.0.0.1", `203.0.113.9, ${entry}`)).toBe("10.0.0.1");
  },
);

it.each(["11", "10.0.0.0/33", "proxy.internal", "10.0.0.0/x", "::/129", "-1"])("refuses TRUSTED_PROXIES=%s", (text) => {
  expect(() => parseTrustedProxies(text)).toThrow("TRUSTED_PROXIES");
});
