import { expect, it } from "vitest";
import { monthAfter, monthBefore, monthOf, monthsUpTo } from "./months";

it.each([
  [null, "2026-10"],
  ["2026-11", "2026-11"],
  ["2026-12", "2026-10"],
  ["2026-13", "2026-10"],
  ["2019-12", "2026-10"],
  ["x", "2026-10"],
])("%j shows %s", (asked, month) => expect(monthOf(asked, "2026-11-21")).toBe(month));

it("steps from month to month over the year's end", () => {
  expect(monthAfter("2026-12")).toBe("2027-01");
  expect(monthBefore("2026-01")).toBe("2025-12");
  expect(monthAfter("2026-01")).toBe("2026-02");
});

it("two years can be chosen from, and whatever is shown", () => {
  const months = monthsUpTo("2026-11-21", "2023-05");
  expect(months.slice(0, 2)).toEqual(["2026-11", "2026-10"]);
  expect(months).toHaveLength(25);
  expect(months.at(-1)).toBe("2023-05");
});
