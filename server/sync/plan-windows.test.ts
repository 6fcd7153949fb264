import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MS_PER_DAY, MS_PER_HOUR } from "@/server/lib/time";
import { interleave, planWindows, type WindowPlanInput } from "@/server/sync/plan-windows";

const now = Date.parse("2026-10-20T15:30:00Z");
const at = (text: string) => Date.parse(`${text}Z`);

const plan = (input: Partial<WindowPlanInput> = {}) =>
  planWindows({
    kind: "backfill",
    now,
    width: "1d",
    maxBuckets: 180,
    backfillDays: 365,
    trailingDays: 3,
    coverage: [],
    requested: null,
    isRefetch: false,
    fillsHistory: true,
    isMovingDone: false,
    regroupFrom: null,
    ...input,
  });

/** Everything closed of the last year. */
const coveredYear = [{ start: at("2025-10-21T00:00"), end: at("2026-10-20T00:00") }];
const coveredHours = [{ start: at("2025-10-21T00:00"), end: at("2026-10-20T15:00") }];

describe("the first back-fill", () => {
  it.each([
    [1, 1],
    [180, 1],
    [181, 2],
    [365, 3],
    [730, 5],
  ])("of %i days of costs takes %i calls", (backfillDays, calls) => {
    expect(plan({ backfillDays })).toHaveLength(calls);
  });

  it.each([
    ["1h", 168, 365, Math.ceil((364 * 24 + 16) / 168)],
    ["1h", 168, 7, 1],
    ["1d", 31, 365, 12],
    ["1d", 31, 31, 1],
  ] as const)("of usage by %s takes the fewest pages of %i buckets", (width, maxBuckets, backfillDays, calls) => {
    expect(plan({ width, maxBuckets, backfillDays })).toHaveLength(calls);
  });

  it("begins with the newest window, which reaches to the end of the open bucket", () => {
    expect(plan({ width: "1h", maxBuckets: 168 })[0]).toEqual({
      start: at("2026-10-14T00:00"),
      end: at("2026-10-20T16:00"),
    });
    expect(plan()[0]?.end).toBe(at("2026-10-21T00:00"));
  });
});

it("windows of hours meet between days, so that no day is in two of them", () => {
  const starts = plan({ width: "1h", maxBuckets: 168 }).map(({ start }) => start);
  expect(starts.filter((start) => start % MS_PER_DAY !== 0)).toEqual([]);
});

describe("an idle sync", () => {
  it.each(["recent", "trailing", "backfill"] as const)("of kind %s takes one call a stream", (kind) => {
    expect(plan({ kind, coverage: coveredYear })).toHaveLength(1);
    expect(plan({ kind, width: "1h", maxBuckets: 168, coverage: coveredHours })).toHaveLength(1);
  });

  it("looks again at today alone, or at today and the trailing days", () => {
    expect(plan({ kind: "recent", coverage: coveredYear })[0]?.start).toBe(at("2026-10-20T00:00"));
    expect(plan({ kind: "trailing", coverage: coveredYear })[0]?.start).toBe(at("2026-10-17T00:00"));
    expect(plan({ kind: "trailing", coverage: coveredYear, trailingDays: 7 })[0]?.start).toBe(at("2026-10-13T00:00"));
  });
});

describe("what is missing", () => {
  it("is fetched wherever it is, and nothing else", () => {
    const coverage = [
      { start: at("2025-10-21T00:00"), end: at("2026-03-01T00:00") },
      { start: at("2026-03-05T00:00"), end: at("2026-10-20T00:00") },
    ];
    expect(plan({ coverage })).toEqual([
      { start: at("2026-10-17T00:00"), end: at("2026-10-21T00:00") },
      { start: at("2026-03-01T00:00"), end: at("2026-03-05T00:00") },
    ]);
  });

  it("includes the gap behind what is covered when nothing was synced for longer than the back-fill", () => {
    const coverage = [{ start: at("2026-01-01T00:00"), end: at("2026-02-01T00:00") }];
    const windows = plan({ backfillDays: 30, coverage });
    expect(Math.min(...windows.map(({ start }) => start))).toBe(at("2026-02-01T00:00"));
  });

  it("is not looked for by the frequent sync of today", () => {
    expect(plan({ kind: "recent" })).toEqual([{ start: at("2026-10-17T00:00"), end: at("2026-10-21T00:00") }]);
  });
});

describe("an explicit range", () => {
  const requested = { start: at("2026-05-01T00:00"), end: at("2026-05-11T00:00") };

  it("replaces the back-fill depth", () => expect(plan({ requested })).toEqual([requested]));
  it("is left alone where it is covered", () => expect(plan({ requested, coverage: coveredYear })).toEqual([]));
  it("is fetched again on demand", () =>
    expect(plan({ requested, coverage: coveredYear, isRefetch: true })).toEqual([requested]));
  it("ends with the open bucket when it lies in the future", () => {
    const future = { start: at("2026-10-20T00:00"), end: at("2027-01-01T00:00") };
    expect(plan({ requested: future })).toEqual([{ start: at("2026-10-20T00:00"), end: at("2026-10-21T00:00") }]);
    expect(plan({ requested: { start: at("2026-12-01T00:00"), end: at("2027-01-01T00:00") } })).toEqual([]);
  });
});

describe("an attempt that goes on after an interruption", () => {
  it("does not ask again for what may still move", () => {
    expect(plan({ coverage: coveredYear, isMovingDone: true })).toEqual([]);
    expect(plan({ width: "1h", maxBuckets: 168, coverage: coveredHours, isMovingDone: true })).toEqual([]);
  });

  it("fetches what closed meanwhile", () => {
    const coverage = [{ start: at("2025-10-21T00:00"), end: at("2026-10-20T14:00") }];
    expect(plan({ width: "1h", maxBuckets: 168, coverage, isMovingDone: true })).toEqual([
      { start: at("2026-10-20T14:00"), end: at("2026-10-20T15:00") },
    ]);
  });
});

describe("days that were grouped too coarsely", () => {
  const regroupFrom = at("2026-10-05T00:00");

  it("are fetched again with those that may still move", () => {
    const again = [{ start: regroupFrom, end: at("2026-10-21T00:00") }];
    expect(plan({ kind: "trailing", coverage: coveredYear, regroupFrom })).toEqual(again);
    expect(plan({ kind: "backfill", coverage: coveredYear, regroupFrom })).toEqual(again);
  });

  it("are left to the trailing sync by the frequent one, by an explicit range and by a second attempt", () => {
    expect(plan({ kind: "recent", coverage: coveredYear, regroupFrom })).toEqual([
      { start: at("2026-10-20T00:00"), end: at("2026-10-21T00:00") },
    ]);
    const requested = { start: at("2026-10-18T00:00"), end: at("2026-10-20T00:00") };
    expect(plan({ requested, coverage: coveredYear, regroupFrom })).toEqual([
      { start: at("2026-10-18T00:00"), end: at("2026-10-20T00:00") },
    ]);
    expect(plan({ coverage: coveredYear, regroupFrom, isMovingDone: true })).toEqual([]);
  });
});

describe("windows are whole buckets", () => {
  const hour = fc.integer({ min: -40 * 24, max: 30 }).map((hours) => at("2026-10-20T00:00") + hours * MS_PER_HOUR);
  const covered = fc.tuple(hour, fc.integer({ min: 0, max: 400 })).map(([start, hours]) => ({
    start,
    end: start + hours * MS_PER_HOUR,
  }));

  it("of the width that is asked for, whatever width was covered before", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("1h" as const, "1d" as const),
        fc.constantFrom("recent" as const, "trailing" as const, "backfill" as const),
        fc.array(covered, { maxLength: 5 }),
        fc.boolean(),
        (width, kind, coverage, isMovingDone) => {
          const size = width === "1h" ? MS_PER_HOUR : MS_PER_DAY;
          const windows = plan({ width, kind, coverage, isMovingDone, maxBuckets: 31, backfillDays: 40 });
          expect(windows.filter(({ start, end }) => start % size !== 0 || end % size !== 0 || start >= end)).toEqual(
            [],
          );
        },
      ),
    );
  });

  it("so that a day which was covered by the hour up to now is fetched as one day", () => {
    const coverage = [{ start: at("2025-10-21T00:00"), end: at("2026-10-01T15:00") }];
    expect(plan({ kind: "trailing", coverage })).toEqual([
      { start: at("2026-10-01T00:00"), end: at("2026-10-21T00:00") },
    ]);
  });
});

describe("windows of several streams", () => {
  it("begin with the newest of each", () => {
    expect(interleave([["a1", "a2", "a3"], [], ["b1"], ["c1", "c2"]])).toEqual(["a1", "b1", "c1", "a2", "c2", "a3"]);
  });

  it("are spread evenly over all, however few a stream has", () => {
    expect(
      interleave([
        ["a1", "a2", "a3", "a4"],
        ["b1", "b2"],
      ]),
    ).toEqual(["a1", "b1", "a2", "a3", "b2", "a4"]);
  });
});
