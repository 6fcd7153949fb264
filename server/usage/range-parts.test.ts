import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";
import { lengthInDays } from "@/server/usage/day-ranges";
import { partsOfRanges, type RangePart, readsOf } from "@/server/usage/range-parts";
import type { DayRange } from "@/server/usage/schema";

const year = { from: "2025-11-22", to: "2026-11-22" };
const daysRead = (parts: readonly RangePart[]) =>
  parts.filter(({ by }) => by === "day").reduce((sum, part) => sum + lengthInDays(part), 0);

describe("the parts of a range", () => {
  it("are the months it holds, and the days of those it cuts", () =>
    expect(partsOfRanges([{ from: "2026-01-30", to: "2026-04-03" }])).toEqual([
      { by: "day", from: "2026-01-30", to: "2026-02-01", weights: [1] },
      { by: "month", from: "2026-02-01", to: "2026-04-01", weights: [1] },
      { by: "day", from: "2026-04-01", to: "2026-04-03", weights: [1] },
    ]));

  it("take the days outside from a month that is held but for them", () =>
    expect(partsOfRanges([{ from: "2026-01-01", to: "2026-02-27" }])).toEqual([
      { by: "month", from: "2026-01-01", to: "2026-03-01", weights: [1] },
      { by: "day", from: "2026-02-27", to: "2026-03-01", weights: [-1] },
    ]));

  it("are shared by the range before: what one has of a month, the other lacks", () =>
    expect(
      partsOfRanges([
        { from: "2026-06-05", to: "2026-07-01" },
        { from: "2026-05-10", to: "2026-06-05" },
      ]),
    ).toEqual([
      { by: "month", from: "2026-05-01", to: "2026-06-01", weights: [0, 1] },
      { by: "day", from: "2026-05-01", to: "2026-05-10", weights: [0, -1] },
      { by: "month", from: "2026-06-01", to: "2026-07-01", weights: [1, 0] },
      { by: "day", from: "2026-06-01", to: "2026-06-05", weights: [-1, 1] },
    ]));

  const day = fc.integer({ min: 0, max: 1500 }).map((offset) => addUtcDays("2023-01-01", offset));
  const range = fc.tuple(day, fc.integer({ min: 1, max: 400 })).map(([from, length]) => ({
    from,
    to: addUtcDays(from, length),
  }));

  it("tell every range day by day, and whole months as such", () =>
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 3 }), (ranges) => {
        const parts = partsOfRanges(ranges);
        for (const [i, wanted] of ranges.entries()) {
          const weights = new Map<string, number>();
          for (const { from, to, weights: own } of parts) {
            for (const at of utcDaysBetween(from, to)) weights.set(at, (weights.get(at) ?? 0) + (own[i] ?? 0));
          }
          const counted = [...weights].filter(([, weight]) => weight !== 0);
          expect(counted.map(([at]) => at).toSorted()).toEqual(utcDaysBetween(wanted.from, wanted.to));
          expect(counted.every(([, weight]) => weight === 1)).toBe(true);
        }
        for (const { by, from, to } of parts) if (by === "month") expect(`${from} ${to}`).toMatch(/-01 .*-01$/);
      }),
    ));

  it("read at most half a month of days at either end and between a range and the one before", () =>
    fc.assert(
      fc.property(range, ({ from, to }) => {
        const previous = { from: addUtcDays(from, -lengthInDays({ from, to })), to: from };
        expect(daysRead(partsOfRanges([{ from, to }]))).toBeLessThanOrEqual(30);
        expect(daysRead(partsOfRanges([{ from, to }, previous]))).toBeLessThanOrEqual(45);
      }),
    ));

  it("of a year and the year before are 24 months and a few days", () => {
    const parts = partsOfRanges([year, { from: "2024-11-22", to: "2025-11-22" }]);
    expect(daysRead(parts)).toBe(9 + 9 + 9);
  });
});

describe("what is read for the parts", () => {
  it("is one list of first days for all that counts the same", () =>
    expect(readsOf(partsOfRanges([{ from: "2026-01-30", to: "2026-04-03" }]))).toEqual([
      { by: "day", weights: [1], starts: ["2026-01-30", "2026-01-31", "2026-04-01", "2026-04-02"] },
      { by: "month", weights: [1], starts: ["2026-02-01", "2026-03-01"] },
    ]));

  it("differs between ranges in days alone, where they are cut alike", () => {
    const shapeOf = (ranges: DayRange[]) => readsOf(partsOfRanges(ranges)).map(({ by, weights }) => [by, weights]);
    expect(shapeOf([{ from: "2026-01-30", to: "2026-04-03" }])).toEqual(
      shapeOf([{ from: "2025-06-28", to: "2026-02-04" }]),
    );
  });
});
