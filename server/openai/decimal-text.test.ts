import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toDecimalText } from "./decimal-text";

const Exact = Decimal.clone({ precision: 400, toExpNeg: -9e15, toExpPos: 9e15 });

describe("plain decimal notation", () => {
  it.each([
    [1e-7, "0.0000001"],
    ["1e-7", "0.0000001"],
    ["1.50e3", "1500"],
    ["12345E-2", "123.45"],
    ["-0.0", "0"],
    ["-3.10", "-3.1"],
    ["+4", "4"],
    ["007.50", "7.5"],
    ["0.001589850000000000000000000000", "0.00158985"],
    ["0.1234567890123456789012345", "0.1234567890123456789012345"],
    [0, "0"],
    [" 5 ", "5"],
    [".5", "0.5"],
    ["-.50", "-0.5"],
    ["5.", "5"],
    ["5.e2", "500"],
    [".25e1", "2.5"],
  ])("%s is %s", (value, text) => expect(toDecimalText(value)).toBe(text));

  it.each([
    "",
    "abc",
    "1,5",
    "0x10",
    "NaN",
    "Infinity",
    "1e99999",
    "1e999",
    ".",
    "-",
    ".e1",
    "1..2",
    "--1",
    null,
    undefined,
    true,
    {},
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("%s is no amount", (value) => expect(toDecimalText(value)).toBeNull());

  it("keeps the exact value of any number of digits and any exponent", () => {
    const digits = fc.stringMatching(/^\d{1,40}$/);
    fc.assert(
      fc.property(
        digits,
        digits,
        fc.integer({ min: -60, max: 60 }),
        fc.boolean(),
        (whole, fraction, exponent, isNegative) => {
          const written = `${isNegative ? "-" : ""}${whole}.${fraction}e${exponent}`;
          const text = toDecimalText(written);
          expect(text).not.toMatch(/e/i);
          expect(text).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
          expect(new Exact(text ?? "x").equals(new Exact(written))).toBe(true);
        },
      ),
    );
  });

  it("gives every double its shortest exact text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
        expect(Number(toDecimalText(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
