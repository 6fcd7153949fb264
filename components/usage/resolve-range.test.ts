import { describe, expect, it } from "vitest";
import { rangeSuffix } from "./range-params";
import { resolveRange, toRangeState } from "./resolve-range";

const today = "2026-11-20";
const nothing = { range: null, from: null, to: null };

describe("resolveRange", () => {
  it("means the last 30 days including today when the address says nothing", () => {
    expect(resolveRange(nothing, today)).toEqual({
      shown: { from: "2026-10-22", to: "2026-11-20" },
      query: { from: "2026-10-22", to: "2026-11-21" },
      preset: "last30",
    });
  });

  it("takes `to` of a custom range as exclusive", () => {
    const range = resolveRange({ range: null, from: "2026-11-01", to: "2026-11-08" }, today);
    expect(range.shown).toEqual({ from: "2026-11-01", to: "2026-11-07" });
    expect(range.query).toEqual({ from: "2026-11-01", to: "2026-11-08" });
  });

  it("asks for a running month only up to today", () => {
    const range = resolveRange({ ...nothing, range: "this-month" }, today);
    expect(range.shown.to).toBe("2026-11-30");
    expect(range.query).toEqual({ from: "2026-11-01", to: "2026-11-21" });
  });

  it.each([
    ["backwards", "2026-11-08", "2026-11-01"],
    ["no days", "abc", "2026-11-01"],
    ["an impossible day", "2026-02-30", "2026-03-02"],
    ["half a range", "2026-11-01", null],
    ["before there was anything", "2019-12-31", "2020-02-01"],
    ["longer than the server allows", "2020-01-01", "2026-11-01"],
    ["in the future", "2026-12-01", "2026-12-05"],
  ])("falls back to the usual range for %s", (_, from, to) => {
    expect(resolveRange({ range: null, from, to }, today)).toEqual(resolveRange(nothing, today));
  });
});

describe("toRangeState", () => {
  it("writes the usual range as an empty address", () => {
    const state = toRangeState({ from: "2026-10-22", to: "2026-11-20" }, today);
    expect(rangeSuffix(state)).toBe("");
  });

  it("writes presets by name and anything else as days, and reads both back", () => {
    const week = toRangeState({ from: "2026-11-14", to: "2026-11-20" }, today);
    expect(rangeSuffix(week)).toBe("?range=last-7-days");
    const custom = toRangeState({ from: "2026-09-03", to: "2026-09-09" }, today);
    expect(rangeSuffix(custom)).toBe("?from=2026-09-03&to=2026-09-10");
    expect(resolveRange(custom, today).shown).toEqual({ from: "2026-09-03", to: "2026-09-09" });
  });
});
