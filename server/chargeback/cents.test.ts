import fc from "fast-check";
import { expect, it } from "vitest";
import { inCents, roundToCents } from "@/server/chargeback/cents";
import { sumDecimals } from "@/server/lib/money";

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((units) => (units / 1e6).toFixed(6));

it("adds up to the cents of the exact sum, each amount less than a cent from its own", () => {
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 40 }), (amounts) => {
      const cents = inCents(amounts);
      expect(Number(sumDecimals(cents))).toBe(Number(roundToCents(sumDecimals(amounts))));
      cents.forEach((one, i) => expect(Math.abs(Number(one) - Number(amounts[i]))).toBeLessThan(0.01));
    }),
  );
});

it("gives the missing cent to the largest remainder, and to the first of equal ones", () => {
  expect(inCents(["0.333", "0.333", "0.334"])).toEqual(["0.33", "0.33", "0.34"]);
  expect(inCents(["0.005", "0.005"])).toEqual(["0.01", "0.00"]);
});
