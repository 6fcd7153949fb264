import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wallTime } from "@/server/explore/zone";
import { instantOf, mostDaysOf, nextRunAt, rangeOfRun, type Rhythm } from "@/server/exports/schedules/times";
import { MS_PER_DAY, toUtcDay } from "@/server/lib/time";
import { lengthInDays } from "@/server/usage/day-ranges";

const daily: Rhythm = { frequency: "day", hour: 6, dayOfPeriod: null, trailingDays: null };
const zones = [
  "UTC",
  "Asia/Seoul",
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
];

const next = (rhythm: Rhythm, timezone: string, after: string) =>
  nextRunAt(rhythm, timezone, new Date(after)).toISOString();

describe("the hour of a zone's clock", () => {
  it.each([
    ["America/New_York", "2026-03-08", 2, "2026-03-08T07:00:00.000Z", "is jumped over: three o'clock"],
    ["America/New_York", "2026-11-01", 1, "2026-11-01T05:00:00.000Z", "comes twice: the first time"],
    ["Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03T15:30:00.000Z", "is jumped over by half an hour"],
    ["Asia/Kathmandu", "2026-10-04", 6, "2026-10-04T00:15:00.000Z", "is not the full hour of UTC"],
  ])("in %s on %s at %d is %s: it %s", (zone, day, hour, instant) => {
    expect(instantOf(zone, day, hour).toISOString()).toBe(instant);
  });
});

describe("the next run", () => {
  it.each([
    ["the same day", daily, "UTC", "2026-10-05T05:59:00Z", "2026-10-05T06:00:00.000Z"],
    ["the day after, once it was", daily, "UTC", "2026-10-05T06:00:00Z", "2026-10-06T06:00:00.000Z"],
    ["after the clocks went back", daily, "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T11:00:00.000Z"],
    [
      "not before the UTC day is over that it exports",
      daily,
      "Asia/Seoul",
      "2026-10-05T01:00:00Z",
      "2026-10-06T00:00:00.000Z",
    ],
    [
      "on a Monday",
      { ...daily, frequency: "week", dayOfPeriod: 1 },
      "UTC",
      "2026-10-05T06:00:00Z",
      "2026-10-12T06:00:00.000Z",
    ],
    [
      "on a Sunday",
      { ...daily, frequency: "week", dayOfPeriod: 7 },
      "UTC",
      "2026-10-05T06:00:00Z",
      "2026-10-11T06:00:00.000Z",
    ],
    [
      "on a day of the month",
      { ...daily, frequency: "month", dayOfPeriod: 3 },
      "UTC",
      "2026-10-05T00:00:00Z",
      "2026-11-03T06:00:00.000Z",
    ],
  ] as const)("is %s", (_, rhythm, zone, after, expected) => {
    expect(next(rhythm, zone, after)).toBe(expected);
  });

  const rhythm = fc.oneof(
    fc.record({ frequency: fc.constant("day" as const), dayOfPeriod: fc.constant(null) }),
    fc.record({ frequency: fc.constant("week" as const), dayOfPeriod: fc.integer({ min: 1, max: 7 }) }),
    fc.record({ frequency: fc.constant("month" as const), dayOfPeriod: fc.integer({ min: 1, max: 28 }) }),
  );

  it("in every zone comes after now, on its day, and leaves no day out", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        rhythm,
        fc.integer({ min: 0, max: 23 }),
        fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        (zone, period, hour, start) => {
          const one: Rhythm = { ...period, hour, trailingDays: null };
          let at = nextRunAt(one, zone, start);
          expect(at.getTime()).toBeGreaterThan(start.getTime());
          for (let runs = 0; runs < 4; runs++) {
            const range = rangeOfRun(one, zone, at);
            const following = nextRunAt(one, zone, at);
            expect(rangeOfRun(one, zone, following).from).toBe(range.to);
            expect(at.getTime()).toBeGreaterThanOrEqual(Date.parse(`${range.to}T00:00:00Z`));
            at = following;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("keeps its hour through a year of changing clocks", () => {
    let at = new Date("2026-01-01T00:00:00Z");
    for (let day = 0; day < 365; day++) {
      at = nextRunAt(daily, "America/New_York", at);
      expect(wallTime("America/New_York", at).toISOString().slice(11, 16)).toBe("06:00");
    }
    expect(toUtcDay(at)).toBe("2026-12-31");
  });
});

describe("the days of a run", () => {
  const at = new Date("2026-10-07T06:00:00Z");
  it.each([
    [daily, "2026-10-06", "2026-10-07"],
    [{ ...daily, frequency: "week", dayOfPeriod: 3 }, "2026-09-28", "2026-10-05"],
    [{ ...daily, frequency: "month", dayOfPeriod: 7 }, "2026-09-01", "2026-10-01"],
    [{ ...daily, trailingDays: 30 }, "2026-09-07", "2026-10-07"],
  ] as const)("%j are from %s to %s", (rhythm, from, to) => {
    expect(rangeOfRun(rhythm, "UTC", at)).toEqual({ from, to });
  });

  it("are those before the day in the zone, not in UTC", () => {
    const evening = new Date("2026-10-07T03:00:00Z");
    expect(rangeOfRun(daily, "America/New_York", evening)).toEqual({ from: "2026-10-05", to: "2026-10-06" });
    expect(evening.getTime() % MS_PER_DAY).toBeGreaterThan(0);
  });

  it.each([
    [daily, 1],
    [{ ...daily, frequency: "week", dayOfPeriod: 3 }, 7],
    [{ ...daily, frequency: "month", dayOfPeriod: 7 }, 31],
    [{ ...daily, trailingDays: 90 }, 90],
  ] as const)("%j are at most %d, and as many at some time of the year", (rhythm, most) => {
    let at = new Date("2026-01-01T00:00:00Z");
    const lengths: number[] = [];
    while (at < new Date("2027-01-01T00:00:00Z")) {
      at = nextRunAt(rhythm, "America/New_York", at);
      lengths.push(lengthInDays(rangeOfRun(rhythm, "America/New_York", at)));
    }
    expect(Math.max(...lengths)).toBe(most);
    expect(mostDaysOf(rhythm)).toBe(most);
  });
});
