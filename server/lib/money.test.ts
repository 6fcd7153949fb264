import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDecimals,
  compareDecimals,
  largestFirst,
  meanDecimal,
  plainDecimal,
  ratio,
  sumDecimals,
} from "@/server/lib/money";

/** An amount as units of 10^-30, to compare with integer arithmetic. */
const units = fc.bigInt({ min: -(10n ** 45n), max: 10n ** 45n });
const toText = (value: bigint) => {
  const digits = (value < 0n ? -value : value).toString().padStart(31, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -30)}.${digits.slice(-30)}`;
};

describe("amounts of 30 decimals", () => {
  it("add up as integers do", () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(addDecimals(toText(a), toText(b))).toBe(plainDecimal(toText(a + b)));
      }),
    );
  });

  it("have a sum that does not depend on the order", () => {
    fc.assert(
      fc.property(fc.array(units, { maxLength: 20 }), (list) => {
        const texts = list.map(toText);
        expect(sumDecimals(texts)).toBe(sumDecimals(texts.toReversed()));
      }),
    );
  });

  it("are never written with an exponent", () => {
    expect(addDecimals("0.000000000000000000000000000001", "0")).toBe("0.000000000000000000000000000001");
    expect(plainDecimal("100000000000000000000000000000")).toBe("100000000000000000000000000000");
  });
});

it("what floating point gets wrong is right", () => expect(addDecimals("0.1", "0.2")).toBe("0.3"));
it("no amounts sum up to zero, but have no mean", () =>
  expect([sumDecimals([]), meanDecimal([])]).toEqual(["0", null]));
it("a share of nothing or of something unknown is unknown", () =>
  expect([ratio("1", "0"), ratio(null, "1"), ratio("1", null), ratio("1", "4")]).toEqual([null, null, null, 0.25]));
it("compares by value, not by text", () =>
  expect([compareDecimals("10", "9.5"), compareDecimals("1.0", "1"), compareDecimals("-2", "-1")]).toEqual([1, 0, -1]));
it("puts the largest first, by value, alike ones by name and what has no amount last", () => {
  const rows = [
    ["e", null],
    ["d", "1.0"],
    ["c", "9.5"],
    ["b", "10"],
    ["a", null],
    ["g", "-2"],
    ["f", "1"],
  ] as const;
  const ranked = largestFirst(rows, { amount: ([, amount]) => amount, name: ([name]) => name });
  expect(ranked.map(([name]) => name)).toEqual(["b", "c", "d", "f", "g", "a", "e"]);
});
