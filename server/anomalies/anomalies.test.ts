import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAnomalies, type SpendSeries } from "@/server/anomalies/find-anomalies";
import { judgeFall, judgeRise, mayBeFall, mayBeRise } from "@/server/anomalies/judge-day";
import { subtractDecimals, sumDecimals } from "@/server/lib/money";
import { addUtcDays, utcDaysBetween } from "@/server/lib/time";

const FIRST = "2026-03-02"; // a Monday
const LENGTH = 100;
const days = utcDaysBetween(FIRST, addUtcDays(FIRST, LENGTH));
const judgedFrom = addUtcDays(FIRST, 56);

/** The same numbers at every run, -1..1. */
function noise(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  };
}

/** Busy on weekdays, quiet on weekends, never twice the same. */
function rhythm(size: number, seed: number): number[] {
  const random = noise(seed);
  return days.map((_, i) => size * (i % 7 >= 5 ? 0.2 : 1) * (1 + 0.25 * random()));
}

type Plan = Record<string, { project: string; model: string; spend: (number | null)[] }>;

/** Keys, and what their projects, models and all of them together come to. */
function seriesOf(plan: Plan): SpendSeries[] {
  const keys = Object.entries(plan);
  const sum = (own: typeof keys) =>
    days.map((_, i) =>
      own.some(([, { spend }]) => spend[i] === null)
        ? null
        : own.reduce((all, [, { spend }]) => all + (spend[i] ?? 0), 0).toFixed(6),
    );
  const by = (dimension: "project" | "model") =>
    [...Map.groupBy(keys, ([, one]) => one[dimension])].map(([key, own]) => ({ dimension, key, amounts: sum(own) }));
  return [
    { dimension: "total", key: "", amounts: sum(keys) },
    ...keys.map((key) => ({ dimension: "api_key" as const, key: key[0], amounts: sum([key]) })),
    ...by("project"),
    ...by("model"),
  ];
}

const end = addUtcDays(FIRST, LENGTH);
const find = (plan: Plan, openFrom = end) => findAnomalies({ days, judgedFrom, openFrom, series: seriesOf(plan) });
const onDays = (spend: number[], from: number, change: (amount: number, i: number) => number) =>
  spend.map((amount, i) => (i >= from && i < from + 4 ? change(amount, i) : amount));

const quiet = (): Plan => ({
  a: { project: "p", model: "luna", spend: rhythm(300, 1) },
  b: { project: "p", model: "astra", spend: rhythm(500, 2) },
  c: { project: "q", model: "luna", spend: rhythm(40, 3) },
});

describe("a quiet organization", () => {
  it("has none", () => expect(find(quiet())).toEqual([]));

  it("has none whatever its size and rhythm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e5 }), (seed, size) => {
        const plan: Plan = { a: { project: "p", model: "luna", spend: rhythm(size, seed) } };
        expect(find(plan)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("may grow and have days that nobody fetched", () => {
    const spend = rhythm(300, 5).map((amount, i) => (i % 11 === 0 ? null : amount * (1 + i / 200)));
    expect(find({ a: { project: "p", model: "luna", spend } })).toEqual([]);
  });

  it("may be new as a whole", () => {
    const spend = rhythm(300, 6).map((amount, i) => (i < 80 ? 0 : amount));
    expect(find({ a: { project: "p", model: "luna", spend } })).toEqual([]);
  });
});

describe("a key that runs away", () => {
  it("is one anomaly, from its first day to its last, with the key as its cause", () => {
    const plan = quiet();
    plan.c = {
      project: "q",
      model: "luna",
      spend: onDays(rhythm(40, 3), 70, (amount, i) => amount + ([300, 900, 1200, 400][i - 70] ?? 0)),
    };
    const [found, ...others] = find(plan);
    expect(others).toEqual([]);
    expect(found?.dimension).toBe("api_key");
    expect(found?.days.map(({ day }) => day)).toEqual(days.slice(70, 74));
    expect(found?.causes.map(({ dimension, key }) => [dimension, key])).toEqual([
      ["api_key", "c"],
      ["project", "q"],
      ["model", "luna"],
    ]);
    expect(Number(found?.causes[0]?.excess)).toBeGreaterThan(2700);
  });

  it("is found where it drowns in the total, once and by its own name", () => {
    const plan = quiet();
    plan.c = { project: "q", model: "luna", spend: onDays(rhythm(40, 3), 70, (amount) => amount * 3) };
    const found = find(plan);
    expect(found.map(({ dimension, key }) => [dimension, key])).toEqual([["api_key", "c"]]);
    expect(found[0]?.causes.map(({ dimension, key }) => [dimension, key])).toEqual([
      ["api_key", "c"],
      ["project", "q"],
      ["model", "luna"],
    ]);
  });

  it("of yesterday does not hide that of today", () => {
    const plan = quiet();
    plan.c = {
      project: "q",
      model: "luna",
      spend: onDays(
        onDays(rhythm(40, 3), 63, (one) => one * 9),
        77,
        (one) => one * 9,
      ),
    };
    expect(find(plan).map(({ days: [first] }) => first?.day)).toEqual([days[77], days[63]]);
  });
});

describe("a project that stops", () => {
  const stopping = (from: number, to = LENGTH): Plan => ({
    ...quiet(),
    c: { project: "q", model: "luna", spend: rhythm(40, 3).map((amount, i) => (i >= from && i < to ? 0 : amount)) },
  });

  it("is one fall, from its first day on, and said to have stopped", () => {
    const [found, ...others] = find(stopping(91));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ direction: "fall", dimension: "project", key: "q", stoppedOn: days[91] });
    expect(found?.days[0]).toMatchObject({ day: days[91], amount: "0.000000" });
    expect(found?.causes.slice(0, 2).map(({ dimension, key }) => [dimension, key])).toEqual([
      ["api_key", "c"],
      ["project", "q"],
    ]);
    expect(Number(found?.causes[0]?.excess)).toBeLessThan(-100);
  });

  it("for some days has not stopped", () => {
    const found = find(stopping(84, 87));
    expect(found.map(({ direction, stoppedOn }) => [direction, stoppedOn])).toEqual([["fall", null]]);
    expect(found[0]?.days.map(({ day }) => day)).toEqual(days.slice(84, 87));
  });

  it("is usual a week later, but still said to have stopped", () => {
    const [found] = find(stopping(70));
    expect(found?.days.length).toBeLessThan(14);
    expect(found?.stoppedOn).toBe(days[70]);
  });

  it("for one day has had a day off", () => expect(find(stopping(84, 85))).toEqual([]));

  it("is not told by days that are not over", () => {
    expect(find(stopping(98), days[99])).toEqual([]);
    expect(find(stopping(98))).toHaveLength(1);
  });

  it("stands for the organization that it was most of", () => {
    const plan = quiet();
    plan.b = { project: "r", model: "astra", spend: rhythm(5000, 2).map((amount, i) => (i >= 91 ? 0 : amount)) };
    expect(find(plan).map(({ dimension, key }) => [dimension, key])).toEqual([["project", "r"]]);
  });
});

describe("no fall", () => {
  const falls = (plan: Plan) => find(plan).filter(({ direction }) => direction === "fall");

  it("is a key that is replaced by another of its project", () => {
    const whole = rhythm(40, 3);
    const parts = {
      before: whole.map((amount, i) => (i < 91 ? amount : 0)),
      after: whole.map((amount, i) => (i < 91 ? 0 : amount)),
    };
    const plan = quiet();
    plan.c = { project: "q", model: "luna", spend: parts.before };
    plan.d = { project: "q", model: "luna", spend: parts.after };
    expect(falls(plan)).toEqual([]);
  });

  it("is what comes and goes, and goes", () => {
    const spend = days.map((_, i) => (i % 5 === 0 && i < 85 ? 300 : 0));
    expect(falls({ ...quiet(), d: { project: "r", model: "terra", spend } })).toEqual([]);
  });

  it("is a day that nobody fetched", () => {
    const spend = rhythm(300, 5).map((amount, i) => (i >= 90 ? null : amount));
    expect(falls({ a: { project: "p", model: "luna", spend } })).toEqual([]);
  });
});

describe("what is new", () => {
  it("is the cause of what it adds to the total, all of it over the expected", () => {
    const plan = quiet();
    plan.d = { project: "r", model: "terra", spend: days.map((_, i) => (i >= 84 ? 2500 : 0)) };
    const [found, ...others] = find(plan);
    expect(others).toEqual([]);
    expect(found?.dimension).toBe("total");
    expect(found?.causes[0]).toMatchObject({ dimension: "api_key", key: "d", isNew: true });
  });

  it("and small is nothing", () => {
    const plan = quiet();
    plan.d = { project: "r", model: "terra", spend: days.map((_, i) => (i >= 84 ? 30 : 0)) };
    expect(find(plan)).toEqual([]);
  });
});

describe("what comes and goes", () => {
  const weekly = (last: number) => days.map((_, i) => (i === LENGTH - 3 ? last : i % 12 === 4 ? 90 : 0));

  it("is usual at its usual size", () => {
    expect(find({ ...quiet(), d: { project: "r", model: "terra", spend: weekly(95) } })).toEqual([]);
  });

  it("stands out at several times that", () => {
    const found = find({ ...quiet(), d: { project: "r", model: "terra", spend: weekly(900) } });
    expect(found.map(({ causes: [cause] }) => cause?.key)).toEqual(["d"]);
  });
});

it("sums of days are exact", () => {
  const plan = quiet();
  plan.c = { project: "q", model: "luna", spend: onDays(rhythm(40, 3), 70, (amount) => amount * 30) };
  const [found] = find(plan);
  const key = seriesOf(plan).find((one) => one.key === "c");
  expect(found?.days.map(({ amount }) => amount)).toEqual(key?.amounts.slice(70, 74));
  const excess = found?.days.map(({ amount, expected }) => subtractDecimals(amount, expected)) ?? [];
  expect(found?.causes[0]?.excess).toBe(sumDecimals(excess));
});

it("a glance passes over no day that the judge finds", () => {
  const amount = fc.oneof(
    { weight: 8, arbitrary: fc.double({ min: 0, max: 20, noNaN: true }) },
    { weight: 2, arbitrary: fc.double({ min: 0, max: 400, noNaN: true }) },
    fc.constantFrom(0, null, -3),
  );
  let found = 0;
  fc.assert(
    fc.property(fc.array(amount, { minLength: 30, maxLength: 80 }), (spend) => {
      for (let day = 21; day < spend.length; day++) {
        for (const [judge, mayBe] of [[judgeRise, mayBeRise] as const, [judgeFall, mayBeFall] as const]) {
          if (!judge(spend, day, { leastExcess: 1 }).isAnomalous) continue;
          found += 1;
          expect(mayBe(spend, day, { leastExcess: 1 })).toBe(true);
        }
      }
    }),
  );
  expect(found).toBeGreaterThan(0);
});
