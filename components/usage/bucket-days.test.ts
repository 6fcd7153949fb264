import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/components/lib/date-range";
import { sumDecimals } from "@/components/lib/decimal";
import { bucketSeries, bucketStart, usualGranularity } from "./bucket-days";

const member = { key: "a", name: "A", detail: null, state: "active", kind: "project", isOther: false } as const;
const series = (from: string, values: (string | null)[]) => ({
  days: values.map((_, index) => addDays(from, index)),
  members: [member],
  values: [values],
});

describe("bucketSeries", () => {
  it.each([
    ["2026-11-16", "2026-11-16"],
    ["2026-11-22", "2026-11-16"],
    ["2027-01-01", "2026-12-28"],
  ])("the ISO week of %s begins on %s", (day, monday) => expect(bucketStart(day, "week")).toBe(monday));

  it("sums exactly and keeps a bucket unknown only when all of it is", () => {
    const weeks = bucketSeries(series("2026-11-14", [null, null, "0.1", "0.2", null]), "week");
    expect(weeks.days).toEqual(["2026-11-09", "2026-11-16"]);
    expect(weeks.values).toEqual([[null, "0.3"]]);
  });

  it("never loses or invents a cent, whatever the buckets", () => {
    const amount = fc.option(fc.integer({ min: -1e6, max: 1e6 }).map((cents) => (cents / 100).toFixed(2)));
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 120 }),
        fc.constantFrom("day", "week", "month"),
        (values, by) => {
          const buckets = bucketSeries(series("2026-01-15", values), by as "day").values[0] ?? [];
          expect(Number(sumDecimals(buckets))).toBe(Number(sumDecimals(values)));
        },
      ),
    );
  });
});

it("long ranges are drawn in weeks and months", () => {
  expect([30, 90, 365, 1800].map(usualGranularity)).toEqual(["day", "day", "week", "month"]);
});
