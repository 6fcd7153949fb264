import { describe, expect, it } from "vitest";
import { decimalOf, divide, paceOf, unitsOf } from "@/server/explore/packs/divide";

describe("amounts", () => {
  it.each(["0", "1", "-1", "0.5", "-0.000001", "1234567.0000000000000000001", "-20"])("%s comes back", (text) => {
    expect(decimalOf(unitsOf(text))).toBe(text);
  });

  it("have the digits that they need, six at least", () => {
    expect(unitsOf("-1.5")).toEqual({ units: -1_500_000n, digits: 6 });
    expect(unitsOf("0.12345678")).toEqual({ units: 12_345_678n, digits: 8 });
    expect(decimalOf({ units: -120n, digits: 0 })).toBe("-120");
  });
});

describe("a divided amount", () => {
  it("follows the requests, and nothing of it is lost", () => {
    const pace = paceOf([1, 0, 1, 1]);
    expect(pace.stretches).toEqual([0, 2, 3]);
    expect(divide(100n, pace)).toEqual([33n, 33n, 34n]);
    expect(divide(-100n, pace)).toEqual([-33n, -33n, -34n]);
  });

  it("comes to the same however stretches are gathered", () => {
    const counts = [3, 0, 7, 11, 2, 0, 13];
    const byHour = divide(999_999_999_999_999_999_999n, paceOf(counts));
    const gathered = divide(999_999_999_999_999_999_999n, paceOf([3 + 0 + 7, 11 + 2 + 0 + 13]));
    const sum = (parts: readonly bigint[]) => parts.reduce((a, b) => a + b, 0n);
    expect([sum(byHour.slice(0, 2)), sum(byHour.slice(2))]).toEqual(gathered);
  });
});
