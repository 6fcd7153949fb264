import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutNewestFirst, type Range, subtractRanges, unionRanges } from "@/server/sync/ranges";

const range = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 30 }))
  .map(([start, length]): Range => ({ start, end: start + length }));
const ranges = fc.array(range, { maxLength: 8 });

/** The same sets, point by point. */
const pointsOf = (list: readonly Range[]) =>
  new Set(list.flatMap(({ start, end }) => Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)));

describe("ranges behave like sets of points", () => {
  it("union keeps every point once, in order, with a gap between any two", () => {
    fc.assert(
      fc.property(ranges, (list) => {
        const union = unionRanges(list);
        expect(pointsOf(union)).toEqual(pointsOf(list));
        for (const [i, { start, end }] of union.entries()) {
          expect(start).toBeLessThan(end);
          expect((union[i + 1]?.start ?? Number.POSITIVE_INFINITY) > end).toBe(true);
        }
      }),
    );
  });

  it("difference is what is wanted and not covered", () => {
    fc.assert(
      fc.property(range, ranges, (wanted, covered) => {
        expect(pointsOf(subtractRanges(wanted, covered))).toEqual(pointsOf([wanted]).difference(pointsOf(covered)));
      }),
    );
  });

  it("cutting loses nothing, repeats nothing, and takes the fewest pieces", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (list, grid, times) => {
        const size = times * grid;
        const pieces = cutNewestFirst(list, size, grid);
        expect(pointsOf(pieces)).toEqual(pointsOf(list));
        expect(pieces.every(({ start, end }) => end - start <= size)).toBe(true);
        expect(pieces.map(({ start }) => start)).toEqual(pieces.map(({ start }) => start).toSorted((a, b) => b - a));
        const fewest = unionRanges(list).reduce((sum, { start, end }) => sum + Math.ceil((end - start) / size), 0);
        expect(pieces).toHaveLength(fewest);
      }),
    );
  });

  it("cuts at the grid where that takes no piece more", () => {
    expect(cutNewestFirst([{ start: 0, end: 17 }], 7, 7)).toEqual([
      { start: 14, end: 17 },
      { start: 7, end: 14 },
      { start: 0, end: 7 },
    ]);
    expect(cutNewestFirst([{ start: 3, end: 17 }], 7, 7)).toEqual([
      { start: 10, end: 17 },
      { start: 3, end: 10 },
    ]);
  });
});
