import { describe, expect, it } from "vitest";
import {
  addDays,
  countDays,
  dayInZone,
  isValidRange,
  listDays,
  matchPreset,
  nextRange,
  presetRange,
  previousRange,
} from "./date-range";

it.each([
  ["today", "2026-03-05", "2026-03-05"],
  ["yesterday", "2026-03-04", "2026-03-04"],
  ["last7", "2026-02-27", "2026-03-05"],
  ["last30", "2026-02-04", "2026-03-05"],
  ["last90", "2025-12-06", "2026-03-05"],
  ["thisMonth", "2026-03-01", "2026-03-31"],
  ["lastMonth", "2026-02-01", "2026-02-28"],
  ["monthToDate", "2026-03-01", "2026-03-05"],
] as const)("%s is %s to %s", (preset, from, to) => {
  expect(presetRange(preset, "2026-03-05")).toEqual({ from, to });
  expect(matchPreset({ from, to }, "2026-03-05")).toBe(preset);
});

it("a range that is no preset matches none", () => {
  expect(matchPreset({ from: "2026-01-02", to: "2026-01-09" }, "2026-03-05")).toBeNull();
});

it("days are counted and listed with both ends, over month ends and leap days", () => {
  expect(countDays({ from: "2024-02-28", to: "2024-03-01" })).toBe(3);
  expect(listDays({ from: "2024-02-28", to: "2024-03-01" })).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

it("today depends on the zone", () => {
  const at = Date.parse("2026-03-01T20:00:00Z");
  expect(dayInZone("Asia/Seoul", at)).toBe("2026-03-02");
  expect(dayInZone("America/Los_Angeles", at)).toBe("2026-03-01");
});

describe("previousRange", () => {
  it.each([
    ["a week", "2026-03-05", "2026-03-11", "2026-02-26", "2026-03-04"],
    ["month to date", "2026-03-01", "2026-03-05", "2026-02-01", "2026-02-05"],
    ["a whole month", "2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"],
    ["month to date beyond a shorter month", "2026-03-01", "2026-03-30", "2026-02-01", "2026-02-28"],
  ])("of %s", (_name, from, to, previousFrom, previousTo) => {
    expect(previousRange({ from, to })).toEqual({ from: previousFrom, to: previousTo });
  });
});

describe("nextRange", () => {
  it.each([
    ["a week", "2026-03-05", "2026-03-11", "2026-03-12", "2026-03-18"],
    ["a week that would pass today ends today", "2026-03-10", "2026-03-16", "2026-03-14", "2026-03-20"],
    ["a whole month", "2026-02-01", "2026-02-28", "2026-03-01", "2026-03-31"],
    ["the first days of a month", "2026-02-01", "2026-02-10", "2026-03-01", "2026-03-10"],
    ["the first days of a month, up to today", "2026-02-01", "2026-02-25", "2026-03-01", "2026-03-20"],
  ])("after %s", (_name, from, to, nextFrom, nextTo) => {
    expect(nextRange({ from, to }, "2026-03-20")).toEqual({ from: nextFrom, to: nextTo });
  });
});

it.each([
  [{ from: "2026-03-01", to: "2026-03-05" }, true],
  [{ from: "2026-03-05", to: "2026-03-01" }, false],
  [{ from: "2026-03-01", to: "2026-04-01" }, false],
  [{ from: "", to: "2026-03-01" }, false],
])("%o is valid: %s", (range, valid) => {
  expect(isValidRange(range, "2026-03-05")).toBe(valid);
});
