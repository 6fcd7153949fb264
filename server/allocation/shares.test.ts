import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SHARE_DIGITS, sharesByWeight, sharesOfPercents } from "@/server/allocation/shares";
import { sumDecimals } from "@/server/lib/money";

const Exact = Decimal.clone({ precision: 200 });
const times = (amount: string, share: string) => new Exact(amount).times(share).toFixed();
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.integer({ min: 0, max: 18 }))
  .map(([units, digits]) => new Exact(String(units)).div(new Exact(10).pow(digits)).toFixed());

describe("shares by weight", () => {
  it("add up to 1, and parts of any amount to that amount, to the last digit", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), amount, (weights, whole) => {
        const shares = sharesByWeight(weights.map((weight, key) => ({ key, weight })));
        const isAnythingWeighed = weights.some((weight) => new Exact(weight).gt(0));
        expect(sumDecimals(shares.map(({ share }) => share))).toBe(isAnythingWeighed ? "1" : "0");
        const parts = sumDecimals(shares.map(({ share }) => times(whole, share)));
        expect(parts).toBe(isAnythingWeighed ? new Exact(whole).toFixed() : "0");
      }),
    );
  });

  it("differ from the exact proportion by less than their last digit", () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 30 }), (weights) => {
        const positive = weights.filter((weight) => new Exact(weight).gt(0));
        const sum = sumDecimals(positive);
        for (const { key, share } of sharesByWeight(weights.map((weight, i) => ({ key: i, weight })))) {
          const exact = new Exact(weights[key] ?? 0).div(sum);
          expect(exact.minus(share).abs().lt(new Exact(10).pow(-SHARE_DIGITS))).toBe(true);
        }
      }),
    );
  });

  it("give what is left to the largest remainders, and to the first of equal ones", () => {
    const thirds = sharesByWeight(["1", "1", "1"].map((weight, key) => ({ key, weight })));
    expect(thirds.map(({ share }) => share)).toEqual(["0.333333333334", "0.333333333333", "0.333333333333"]);
    const sixths = sharesByWeight(["1", "5"].map((weight, key) => ({ key, weight })));
    expect(sixths.map(({ share }) => share)).toEqual(["0.166666666667", "0.833333333333"]);
  });

  it("are none where nothing has a weight", () => {
    expect(
      sharesByWeight([
        { key: "a", weight: "0" },
        { key: "b", weight: "-3" },
      ]),
    ).toEqual([]);
  });
});

describe("shares of percentages", () => {
  it("leave to nobody what they lack", () => {
    const shares = sharesOfPercents([
      { key: "a", percent: "33.3333" },
      { key: "b", percent: "60" },
    ]);
    expect(shares).toEqual([
      { key: "a", share: "0.333333" },
      { key: "b", share: "0.6" },
      { key: null, share: "0.066667" },
    ]);
  });

  it("leave nothing of a hundred", () => {
    expect(sharesOfPercents([{ key: "a", percent: "100" }])).toEqual([{ key: "a", share: "1" }]);
  });
});
