import { expect, it } from "vitest";
import { sumsOfDays } from "@/server/usage/day-sums";
import { measureColumns } from "@/server/usage/measures";
import type { UsageFactRow } from "@/server/usage/normalise";

const hour = (day: number, hours: number) => Date.UTC(2026, 9, day, hours);

function row(bucketStart: number, series: number, first: (number | null)[], rest: Partial<UsageFactRow> = {}) {
  const measures = measureColumns.map((_, i) => first[i] ?? null);
  return { bucketStart, series, measures, quantity: null, more: null, ...rest };
}

it("adds up the hours of a day by series, of the days that are asked for", () => {
  const rows = [
    row(hour(9, 23), 0, [100]),
    row(hour(10, 0), 0, [1, 2], { more: { num_new: 1 } }),
    row(hour(10, 0), 1, [10, 20]),
    row(hour(10, 23), 0, [3, 4]),
    row(hour(11, 0), 0, [5, 6]),
  ];
  expect(sumsOfDays(rows, ["2026-10-10", "2026-10-11"])).toEqual([
    row(hour(10, 0), 0, [4, 6]),
    row(hour(10, 0), 1, [10, 20]),
    row(hour(11, 0), 0, [5, 6]),
  ]);
  expect(rows[1]?.measures[0], "what was given is left as it is").toBe(1);
});

it("keeps apart what knows other measures: unknown is not zero", () => {
  const rows = [
    row(hour(10, 0), 0, [1, null]),
    row(hour(10, 1), 0, [1, 0]),
    row(hour(10, 2), 0, [1, null]),
    row(hour(10, 3), 0, [1, null], { quantity: 7 }),
    row(hour(10, 4), 0, [1, null], { quantity: 8 }),
  ];
  expect(sumsOfDays(rows, ["2026-10-10"])).toEqual([
    row(hour(10, 0), 0, [2, null]),
    row(hour(10, 0), 0, [1, 0]),
    row(hour(10, 0), 0, [2, null], { quantity: 15 }),
  ]);
});

it("begins another row rather than losing a digit", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const rows = [row(hour(10, 0), 0, [1, most]), row(hour(10, 1), 0, [1, 1]), row(hour(10, 2), 0, [1, 2])];
  expect(sumsOfDays(rows, ["2026-10-10"])).toEqual([row(hour(10, 0), 0, [1, most]), row(hour(10, 0), 0, [2, 3])]);
});
