import fc from "fast-check";
import { expect, it } from "vitest";
import { plainDecimal, sumDecimals } from "@/server/lib/money";
import { daysApartOf, tieCutsOf } from "@/server/reconciliation/tie-out";
import { costDimensions } from "@/server/usage/dimensions";

const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((units) => plainDecimal(`${units}e-15`));
const row = fc.record({
  streamId: fc.integer({ min: 1, max: 3 }),
  dimension: fc.constantFrom(...Object.values(costDimensions)),
  isNobody: fc.boolean(),
  members: fc.integer({ min: 1, max: 9 }),
  amount,
});

it("what is attributed, nobody's and not listed is the total, to the last digit", () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const { total, ties } = tieCutsOf(rows);
      const bill = rows.filter(({ dimension }) => dimension === costDimensions.total);
      expect(total).toBe(bill.length === 0 ? null : sumDecimals(bill.map((one) => one.amount)));
      for (const { attributed, nobody, notListed } of ties)
        expect(sumDecimals([attributed, nobody, notListed])).toBe(total);
    }),
  );
});

it("without a bill there is nothing to tie to, which is not zero", () => {
  expect(tieCutsOf([])).toEqual({ total: null, ties: [] });
});

it("a day on which the list by person lacks something is named, a day that it lacks altogether as unknown", () => {
  const day = (name: string, isByPerson: boolean, value: string) => ({
    streamId: 1,
    day: name,
    isByPerson,
    amount: value,
  });
  const found = daysApartOf([
    day("2026-10-01", false, "2"),
    day("2026-10-01", true, "2.0"),
    day("2026-10-02", false, "2"),
    day("2026-10-02", true, "1.5"),
    day("2026-10-03", false, "3"),
  ]);
  expect(found.daysApart).toEqual([
    { day: "2026-10-03", billed: "3", byPerson: null, missing: null },
    { day: "2026-10-02", billed: "2", byPerson: "1.5", missing: "0.5" },
  ]);
  expect(found.daysApartCount).toBe(2);
});
