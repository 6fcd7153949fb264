import { describe, expect, it } from "vitest";
import { newTotpSecret, stepOfCode, totpUri } from "@/server/auth/two-factor/totp";

// RFC 6238, appendix B, the last six of its eight digits: the secret is "12345678901234567890".
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("stepOfCode", () => {
  it.each([
    [59, "287082", 1n],
    [1_111_111_109, "081804", 37_037_036n],
    [20_000_000_000, "353130", 666_666_666n],
  ])("at %d s knows the code of the standard's table", (seconds, code, step) =>
    expect(stepOfCode(rfcSecret, code, new Date(seconds * 1000))).toBe(step),
  );

  it("takes the code of the step before and after, and of none further", () => {
    const at = (seconds: number) => stepOfCode(rfcSecret, "081804", new Date(seconds * 1000));
    expect([at(1_111_111_109 - 30), at(1_111_111_109 + 30)]).toEqual([37_037_036n, 37_037_036n]);
    expect([at(1_111_111_109 - 60), at(1_111_111_109 + 60)]).toEqual([null, null]);
  });

  it.each(["", "28708", "2870820", "abcdef"])("knows no step of %j", (code) =>
    expect(stepOfCode(rfcSecret, code, new Date(59_000))).toBeNull(),
  );
});

it("makes secrets of 160 bits, each another", () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(newTotpSecret());
});

it("tells the app whose account it is", () => {
  const uri = new URL(totpUri(rfcSecret, "ada@example.com"));
  expect(decodeURIComponent(uri.pathname)).toContain("Tollkeeper:ada@example.com");
  expect(uri.searchParams.get("secret")).toBe(rfcSecret);
});
