import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";
import { lengthInDays, previousRangeOf } from "@/server/usage/day-ranges";
import { partsOfRanges, type RangePart, readsOf } from "@/server/usage/range-parts";

const day = fc.integer({ min: 0, max: 1500 }).map((offset) => addUtcDays("2023-01-01", offset));
const range = fc.tuple(day, fc.integer({ min: 1, max: 400 })).map(([from, length]) => ({
  from,
  to: addUtcDays(from, length),
}));

describe("the parts of a range", () => {
  it("are the largest spans it holds, and the days of those it cuts", () =>
    expect(partsOfRanges([{ from: "2026-01-30", to: "2026-07-07" }])).toEqual([
      { by: "day", from: "2026-01-30", to: "2026-01-31", weights: [1] },
      { by: "day", from: "2026-01-31", to: "2026-02-01", weights: [1] },
      { by: "month", from: "2026-02-01", to: "2026-03-01", weights: [1] },
      { by: "month", from: "2026-03-01", to: "2026-04-01", weights: [1] },
      { by: "quarter", from: "2026-04-01", to: "2026-07-01", weights: [1] },
      { by: "five_days", from: "2026-07-01", to: "2026-07-06", weights: [1] },
      { by: "day", from: "2026-07-06", to: "2026-07-07", weights: [1] },
    ]));

  it("take what is outside from a span that is held but for it", () =>
    expect(partsOfRanges([{ from: "2026-01-01", to: "2026-03-25" }])).toEqual([
      { by: "quarter", from: "2026-01-01", to: "2026-04-01", weights: [1] },
      { by: "day", from: "2026-03-25", to: "2026-03-26", weights: [-1] },
      { by: "five_days", from: "2026-03-26", to: "2026-04-01", weights: [-1] },
    ]));

  it("are shared by the range before: what one has of a month, the other lacks", () =>
    expect(
      partsOfRanges([
        { from: "2026-06-06", to: "2026-07-01" },
        { from: "2026-05-11", to: "2026-06-06" },
      ]),
    ).toEqual([
      { by: "month", from: "2026-05-01", to: "2026-06-01", weights: [0, 1] },
      { by: "five_days", from: "2026-05-01", to: "2026-05-06", weights: [0, -1] },
      { by: "five_days", from: "2026-05-06", to: "2026-05-11", weights: [0, -1] },
      { by: "month", from: "2026-06-01", to: "2026-07-01", weights: [1, 0] },
      { by: "five_days", from: "2026-06-01", to: "2026-06-06", weights: [-1, 1] },
    ]));

  const daysCounted = (parts: readonly RangePart[], place: number) => {
    const weights = new Map<string, number>();
    for (const { from, to, weights: own } of parts) {
      for (const at of utcDaysBetween(from, to)) weights.set(at, (weights.get(at) ?? 0) + (own[place] ?? 0));
    }
    return [...weights].filter(([, weight]) => weight !== 0);
  };

  it("tell every range day by day, once each", () =>
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), (ranges) => {
        const parts = partsOfRanges(ranges);
        for (const [i, wanted] of ranges.entries()) {
          const counted = daysCounted(parts, i);
          expect(counted.map(([at]) => at).toSorted()).toEqual(utcDaysBetween(wanted.from, wanted.to));
          expect(counted.every(([, weight]) => weight === 1)).toBe(true);
        }
      }),
    ));

  it("go on after the last day with rows, and begin before the first, where that makes them fewer", () => {
    const range = { from: "2026-01-06", to: "2026-05-22" };
    const parts = partsOfRanges([range, previousRangeOf(range)], {
      recorded: { from: "2026-01-06", to: "2026-05-22" },
    });
    expect(parts).toEqual([
      { by: "quarter", from: "2026-01-01", to: "2026-04-01", weights: [1, 0] },
      { by: "quarter", from: "2026-04-01", to: "2026-07-01", weights: [1, 0] },
    ]);
    expect(partsOfRanges([range], { recorded: { from: "2026-06-01", to: "2026-06-01" } })).toEqual([]);
  });

  it("tell every range day by day of those that have rows, and are no more for knowing which", () =>
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), range, (ranges, recorded) => {
        const parts = partsOfRanges(ranges, { recorded });
        for (const [i, wanted] of ranges.entries()) {
          const counted = daysCounted(parts, i).filter(([at]) => at >= recorded.from && at < recorded.to);
          const days = utcDaysBetween(wanted.from, wanted.to).filter((at) => at >= recorded.from && at < recorded.to);
          expect(counted.map(([at]) => at).toSorted()).toEqual(days);
          expect(counted.every(([, weight]) => weight === 1)).toBe(true);
        }
        expect(parts.length).toBeLessThanOrEqual(partsOfRanges(ranges).length);
      }),
    ));

  it("are few, however long a range: up to eight at either end and between it and the one before", () =>
    fc.assert(
      fc.property(range, (current) => {
        const quarters = Math.ceil(lengthInDays(current) / 90);
        expect(partsOfRanges([current]).length).toBeLessThanOrEqual(2 * 8 + quarters);
        expect(partsOfRanges([current, previousRangeOf(current)]).length).toBeLessThanOrEqual(3 * 8 + 2 * quarters);
      }),
    ));

  it("of a year and the year before are a fortieth of its days", () => {
    const year = { from: "2025-11-22", to: "2026-11-22" };
    expect(partsOfRanges([year, previousRangeOf(year)])).toHaveLength(20);
  });

  it("are months and days where no other sums may be read", () => {
    const parts = partsOfRanges([{ from: "2026-01-30", to: "2026-06-28" }], { usable: ["month"] });
    expect(parts.map(({ by, from, weights }) => `${by} ${from} ${weights}`)).toEqual([
      "day 2026-01-30 1",
      "day 2026-01-31 1",
      ...[2, 3, 4, 5, 6].map((month) => `month 2026-0${month}-01 1`),
      ...[28, 29, 30].map((day) => `day 2026-06-${day} -1`),
    ]);
  });

  it("of no range are none", () => expect(partsOfRanges([])).toEqual([]));
});

it("what is read for the parts is one list of first days for all that counts the same", () =>
  expect(readsOf(partsOfRanges([{ from: "2026-01-30", to: "2026-07-07" }]))).toEqual([
    { by: "day", weights: [1], starts: ["2026-01-30", "2026-01-31", "2026-07-06"] },
    { by: "month", weights: [1], starts: ["2026-02-01", "2026-03-01"] },
    { by: "quarter", weights: [1], starts: ["2026-04-01"] },
    { by: "five_days", weights: [1], starts: ["2026-07-01"] },
  ]));
