import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intervalsWithin, overlaid, setWithin, simplified, type Timeline, valueOn } from "@/server/allocation/timeline";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";

const FIRST = "2026-01-01";
const range = { from: FIRST, to: addUtcDays(FIRST, 40) };
const days = utcDaysBetween(range.from, range.to);

const day = fc.integer({ min: 0, max: 39 }).map((offset) => addUtcDays(FIRST, offset));
const value = fc.constantFrom("a", "b", "c", null);
const timeline: fc.Arbitrary<Timeline<string>> = fc
  .uniqueArray(fc.record({ fromDay: day, value }), { selector: ({ fromDay }) => fromDay, maxLength: 8 })
  .map((entries) => entries.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1)));
const openRange = fc
  .tuple(day, fc.option(fc.integer({ min: 1, max: 20 })))
  .map(([from, length]) => ({ from, to: length === null ? null : addUtcDays(from, length) }));

const byDay = (entries: Timeline<string>) => days.map((one) => valueOn(entries, one));
const isSame = (a: string, b: string) => a === b;

describe("setWithin", () => {
  it("changes the days of its range and no other", () => {
    fc.assert(
      fc.property(timeline, openRange, value, (before, { from, to }, next) => {
        const after = setWithin(before, { from, to }, next);
        expect(byDay(after)).toEqual(
          days.map((one) => (one >= from && (to === null || one < to) ? next : valueOn(before, one))),
        );
        expect(new Set(after.map(({ fromDay }) => fromDay)).size).toBe(after.length);
      }),
    );
  });
});

describe("simplified", () => {
  it("says the same of each day, and nothing twice in a row", () => {
    fc.assert(
      fc.property(timeline, (entries) => {
        const simple = simplified(entries, isSame);
        expect(byDay(simple)).toEqual(byDay(entries));
        expect(simple.every((entry, i) => entry.value !== (simple[i - 1]?.value ?? null))).toBe(true);
      }),
    );
  });
});

describe("overlaid", () => {
  it("takes the lower one where the upper one has nothing", () => {
    fc.assert(
      fc.property(timeline, timeline, (upper, lower) => {
        expect(byDay(overlaid(upper, lower))).toEqual(days.map((one) => valueOn(upper, one) ?? valueOn(lower, one)));
      }),
    );
  });
});

describe("intervalsWithin", () => {
  it("holds each day once, with what holds on it", () => {
    fc.assert(
      fc.property(timeline, openRange, (entries, { from, to }) => {
        const within = { from, to: to ?? range.to };
        const told = intervalsWithin(entries, within).flatMap((interval) =>
          utcDaysBetween(interval.from, interval.to).map((one) => [one, interval.value]),
        );
        const expected = utcDaysBetween(within.from, within.to).map((one) => [one, valueOn(entries, one)]);
        expect(told).toEqual(expected.filter(([, held]) => held !== null));
      }),
    );
  });
});
