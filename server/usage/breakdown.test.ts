import { describe, expect, it } from "vitest";
import { toDailySeries, topKeys } from "@/server/usage/daily-series";
import { monthToDate, previousRangeOf, sameDaysOfPreviousMonth } from "@/server/usage/day-ranges";
import type { Member } from "@/server/usage/schema";
import { othersByDay, tieToTotals } from "@/server/usage/tie-to-totals";

const row = (key: string, amount: string | null, previousAmount: string | null = null) => ({
  key,
  amount,
  previousAmount,
});

const sums = (amount: string | null, previousAmount: string | null = null) => ({ amount, previousAmount });

describe("rows tied to their totals", () => {
  it("stay as they are when they add up", () => {
    const rows = [row("a", "1.5", "1"), row("", "0.5")];
    expect(tieToTotals(rows, { totals: sums("2", "1"), listed: sums("2.0", "1") })).toEqual(rows);
  });

  it("give what the list lacks to nobody, so that no money is dropped", () => {
    expect(tieToTotals([row("a", "1.5", "1")], { totals: sums("2", "3"), listed: sums("1.5", "1") })).toEqual([
      row("a", "1.5", "1"),
      row("", "0.5", "2"),
    ]);
    expect(tieToTotals([row("a", "2.5"), row("", "0.25")], { totals: sums("2"), listed: sums("2.75") })).toEqual([
      row("a", "2.5"),
      row("", "-0.5"),
    ]);
  });

  it("may be a part of the list", () =>
    expect(tieToTotals([row("a", "1")], { totals: sums("9"), listed: sums("7") })).toEqual([
      row("a", "1"),
      row("", "2"),
    ]));

  it("show all of it as nobody's when there is no list by this dimension", () =>
    expect(tieToTotals([], { totals: sums("7.25"), listed: sums(null) })).toEqual([row("", "7.25")]));

  it("invent nothing where the total is unknown", () =>
    expect(tieToTotals([], { totals: sums(null), listed: sums(null) })).toEqual([]));
});

describe("what the named members of a chart leave over", () => {
  const at = (amount: string, key = "a") => ({ day: "2026-10-01", key, amount });

  it("is everybody else's", () => {
    const totals = [at("2")];
    expect(othersByDay({ named: [at("1.5")], totals, listed: totals })).toEqual([
      { day: "2026-10-01", key: null, amount: "0.5" },
    ]);
    expect(othersByDay({ named: [at("1.5"), at("0.5", "b")], totals, listed: totals })).toEqual([]);
  });

  it("is nobody's as far as the list does not hold it", () =>
    expect(othersByDay({ named: [at("1")], totals: [at("5")], listed: [at("2")] })).toEqual([
      { day: "2026-10-01", key: "", amount: "3" },
      { day: "2026-10-01", key: null, amount: "1" },
    ]));
});

describe("the chart's bands", () => {
  const describeKey = (key: string): Member => ({
    key: key || null,
    name: key,
    detail: null,
    state: "active",
    kind: "project",
  });
  const series = toDailySeries({
    range: { from: "2026-10-01", to: "2026-10-04" },
    amounts: [
      { day: "2026-10-01", key: "a", amount: "1" },
      { day: "2026-10-01", key: null, amount: "0.5" },
      { day: "2026-10-01", key: null, amount: "0.25" },
    ],
    keys: ["a"],
    describe: describeKey,
    isKnown: (day) => day !== "2026-10-03",
  });

  it("cover every day: zero where nothing was spent, null where nothing was fetched", () => {
    expect(series.days).toEqual(["2026-10-01", "2026-10-02", "2026-10-03"]);
    expect(series.values[0]).toEqual(["1", "0", null]);
  });

  it("put the rest together in Other", () => {
    expect(series.members.map(({ key, isOther }) => [key, isOther])).toEqual([
      ["a", false],
      [null, true],
    ]);
    expect(series.values[1]?.[0]).toBe("0.75");
  });

  it("are those of the largest amounts, and ties are broken by key", () => {
    expect(topKeys([row("b", "1"), row("a", "1"), row("c", "9"), row("d", null), row("e", "-3")], 3)).toEqual([
      "c",
      "a",
      "b",
    ]);
  });
});

describe("ranges of days", () => {
  it("compare with as many days before", () =>
    expect(previousRangeOf({ from: "2026-03-01", to: "2026-03-08" })).toEqual({
      from: "2026-02-22",
      to: "2026-03-01",
    }));
  it.each([
    ["2026-11-20", { from: "2026-11-01", to: "2026-11-21" }, { from: "2026-10-01", to: "2026-10-21" }],
    ["2026-03-31", { from: "2026-03-01", to: "2026-04-01" }, { from: "2026-02-01", to: "2026-03-01" }],
    ["2024-03-31", { from: "2024-03-01", to: "2024-04-01" }, { from: "2024-02-01", to: "2024-03-01" }],
    ["2026-01-01", { from: "2026-01-01", to: "2026-01-02" }, { from: "2025-12-01", to: "2025-12-02" }],
  ])("month to date of %s compares with the same days of the month before", (day, range, previous) => {
    expect(monthToDate(day)).toEqual(range);
    expect(sameDaysOfPreviousMonth(range)).toEqual(previous);
  });
});
