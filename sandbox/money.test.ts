import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMoney, parseMoney, scaleMoney } from "./money";

describe("money", () => {
  it("is written with all 30 decimals", () => {
    expect(formatMoney(parseMoney("0.00158985"))).toBe("0.001589850000000000000000000000");
    expect(formatMoney(parseMoney("-25.5"))).toBe("-25.500000000000000000000000000000");
    expect(formatMoney(0n)).toBe("0.000000000000000000000000000000");
  });

  it("survives writing and reading", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        (value) => parseMoney(formatMoney(value)) === value,
      ),
    );
  });

  it.each(["", "1e5", "1,5", "NaN", "0x1", "1.", ".5", "1.0000000000000000000000000000001"])("refuses %j", (text) => {
    expect(() => parseMoney(text)).toThrow();
  });

  it("scales by a decimal factor", () => {
    expect(scaleMoney(parseMoney("10"), "0.3")).toBe(parseMoney("3"));
    expect(scaleMoney(parseMoney("-0.000000000000000000000000000003"), "0.5")).toBe(-1n);
  });
});
