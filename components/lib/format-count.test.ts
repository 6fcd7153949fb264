import { expect, it } from "vitest";
import { changeBetween, formatChange } from "./format-change";
import { exactCount, formatCount, formatShare } from "./format-count";

it.each([
  ["0", "0"],
  ["9999", "9,999"],
  ["12345", "12.3K"],
  ["1240000", "1.24M"],
  ["1000000", "1.00M"],
  [null, "–"],
])("counts: %s reads %s", (count, shown) => {
  expect(formatCount(count, "en")).toBe(shown);
});

it("counts follow the locale's own units", () => {
  expect(formatCount("1240000", "ko")).toBe("124만");
});

it("the exact count keeps digits beyond a float's", () => {
  expect(exactCount("9007199254740993", "en")).toBe("9,007,199,254,740,993");
});

it.each([
  [0.1234, "12.3%"],
  [0.0002, "<0.1%"],
  [0, "0%"],
  [null, "–"],
])("shares: %s reads %s", (ratio, shown) => {
  expect(formatShare(ratio, "en")).toBe(shown);
});

it("a change from nothing has no percentage, and from the unknown is unknown", () => {
  expect(changeBetween("5", "0")).toEqual({ kind: "new" });
  expect(changeBetween("5", null)).toEqual({ kind: "unknown" });
  expect(changeBetween("5", "5.000")).toEqual({ kind: "same" });
  expect(changeBetween("6", "4")).toEqual({ kind: "up", ratio: 0.5 });
  expect(changeBetween("2", "-4")).toEqual({ kind: "up", ratio: 1.5 });
});

it.each([
  [0.123, "+12.3%"],
  [-0.04, "−4%"],
  [1.236, "+124%"],
  [11, "12×"],
])("change of %s reads %s", (ratio, shown) => {
  expect(formatChange(ratio, "en")).toBe(shown);
});
