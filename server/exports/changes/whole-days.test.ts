import fc from "fast-check";
import { expect, it } from "vitest";
import { splitDays } from "@/server/exports/changes/whole-days";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";

const october = { from: "2026-10-01", to: "2026-10-11" };
const held = (changes: object = {}) => ({ range: october, missing: [], isZoned: false, ...changes });

it("days that an export held closed are settled, others are told whole", () => {
  expect(splitDays(october, held())).toEqual({ settled: [october], whole: [] });
  const missing = [
    { from: "2026-10-03", to: "2026-10-04" },
    { from: "2026-10-10", to: "2026-10-11" },
  ];
  expect(splitDays(october, held({ missing }))).toEqual({
    settled: [
      { from: "2026-10-01", to: "2026-10-03" },
      { from: "2026-10-04", to: "2026-10-10" },
    ],
    whole: missing,
  });
  expect(splitDays({ from: "2026-09-30", to: "2026-10-12" }, held()).whole).toEqual([
    { from: "2026-09-30", to: "2026-10-01" },
    { from: "2026-10-11", to: "2026-10-12" },
  ]);
});

it("days of another zone leave the UTC days at their ends in doubt", () => {
  const missing = [{ from: "2026-10-05", to: "2026-10-06" }];
  expect(splitDays(october, held({ missing, isZoned: true })).settled).toEqual([
    { from: "2026-10-02", to: "2026-10-04" },
    { from: "2026-10-07", to: "2026-10-10" },
  ]);
});

it("each day is in one of the two, whatever was asked for and held", () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 })).map(([start, length]) => {
    const from = addUtcDays("2026-09-01", start);
    return { from, to: addUtcDays(from, length) };
  });
  fc.assert(
    fc.property(range, range, fc.array(range, { maxLength: 3 }), fc.boolean(), (asked, own, missing, isZoned) => {
      const { settled, whole } = splitDays(asked, { range: own, missing, isZoned });
      const days = [...settled, ...whole].flatMap(({ from, to }) => utcDaysBetween(from, to));
      expect(days.toSorted()).toEqual(utcDaysBetween(asked.from, asked.to));
    }),
  );
});
