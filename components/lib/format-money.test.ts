import { describe, expect, it } from "vitest";
import {
  compactMoney,
  exactDifference,
  exactMoney,
  formatDifference,
  formatMoney,
  plainMoney,
  UNKNOWN_MARK,
} from "./format-money";

describe("formatMoney", () => {
  it.each([
    ["1234.5", "$1,234.50"],
    ["1", "$1.00"],
    ["0.5", "$0.5000"],
    ["0.99994", "$0.9999"],
    ["0.99996", "$1.00"],
    ["0.0001", "$0.0001"],
    ["0.00001", "<$0.0001"],
    ["1e-12", "<$0.0001"],
    ["0", "$0.00"],
    ["0.000000", "$0.00"],
    ["-12.345", "($12.35)"],
    ["-0.00001", "(<$0.0001)"],
    ["123456789012345678.91", "$123,456,789,012,345,678.91"],
  ])("shows %s as %s", (amount, shown) => {
    expect(formatMoney(amount, "en")).toBe(shown);
  });

  it.each([null, undefined, "", "abc", "NaN"])("shows unknown (%s) as a mark and never as zero", (amount) => {
    expect(formatMoney(amount, "en")).toBe(UNKNOWN_MARK);
  });

  it("keeps the dollar sign short in Korean", () => {
    expect(formatMoney("1234.5", "ko")).toBe("$1,234.50");
  });
});

describe("exactMoney", () => {
  it("keeps every stored digit", () => {
    expect(exactMoney("1234.500000000000000123", "en")).toBe("$1,234.500000000000000123");
    expect(exactMoney("0.00000001", "en")).toBe("$0.00000001");
    expect(exactMoney("-3", "en")).toBe("($3.00)");
  });
});

describe("compactMoney", () => {
  it.each([
    [0, "$0"],
    [0.05, "$0.05"],
    [2.5, "$2.5"],
    [340, "$340"],
    [1200, "$1.2K"],
    [-1200, "($1.2K)"],
  ])("shows %s as %s", (amount, shown) => {
    expect(compactMoney(amount, "en")).toBe(shown);
  });
});

it("plainMoney gives digits a program can read", () => {
  expect(plainMoney("-0.00000123")).toBe("-0.00000123");
  expect(plainMoney(null)).toBe("");
});

describe("formatDifference", () => {
  it.each([
    ["12.345", "+$12.35", "+$12.345"],
    ["-12.345", "−$12.35", "−$12.345"],
    ["-0.00001", "−<$0.0001", "−$0.00001"],
    ["0", "$0.00", "$0.00"],
  ])("of %s reads %s, exactly %s", (amount, shown, exact) => {
    expect(formatDifference(amount, "en")).toBe(shown);
    expect(exactDifference(amount, "en")).toBe(exact);
  });

  it("of nothing known is a mark", () => expect(formatDifference(null, "en")).toBe(UNKNOWN_MARK));
});
