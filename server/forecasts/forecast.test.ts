import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HISTORY_DAYS } from "@/server/forecasts/constants";
import { forecastPeriod, type GivenDay } from "@/server/forecasts/forecast-period";
import { type PastDay, projectDays } from "@/server/forecasts/project-days";
import { sumDecimals } from "@/server/lib/money";
import { addUtcDays, parseUtcDay, type UtcDay, utcDaysBetween } from "@/server/lib/time";

const TODAY = "2026-05-18";
const weekdayOf = (day: UtcDay) => parseUtcDay(day).getUTCDay();

const pastOf = (length: number, amountOn: (day: UtcDay, index: number) => string | null): PastDay[] =>
  utcDaysBetween(addUtcDays(TODAY, -length), TODAY).map((day, i) => ({ day, amount: amountOn(day, i) }));

const given = ({ day, amount }: PastDay): GivenDay => ({ day, amount, state: amount === null ? "unknown" : "known" });

/** The whole of May, asked for at noon of the 18th. */
const forecastMay = (past: readonly PastDay[], today: Partial<GivenDay> = {}) =>
  forecastPeriod({
    past: past.map(given),
    today: { day: TODAY, amount: null, state: "unknown", ...today },
    elapsed: 0.5,
    period: utcDaysBetween("2026-05-01", "2026-06-01"),
  });

const amount = fc.integer({ min: 0, max: 10 ** 9 }).map((millionths) => String(millionths / 1e6));
const week = fc.array(amount, { minLength: 7, maxLength: 7 });
const weekAmount = (amounts: readonly string[], day: UtcDay) => amounts[weekdayOf(day)] ?? "0";

describe("exact histories", () => {
  it("the same every day goes on exactly, without any band", () => {
    fc.assert(
      fc.property(
        amount.filter((one) => Number(one) > 0),
        fc.integer({ min: 14, max: 80 }),
        (one, length) => {
          const { expected, low, high } = forecastMay(pastOf(length, () => one));
          const all = sumDecimals(Array.from({ length: 31 }, () => one));
          expect([expected, low, high]).toEqual([all, all, all]);
        },
      ),
    );
  });

  it("the same every week goes on exactly", () => {
    fc.assert(
      fc.property(
        week.filter((amounts) => amounts.some((one) => Number(one) > 0)),
        (amounts) => {
          const { days } = forecastMay(pastOf(HISTORY_DAYS, (day) => weekAmount(amounts, day)));
          for (const { day, state, rest } of days.filter((one) => one.state === "ahead")) {
            expect([state, rest]).toEqual(["ahead", weekAmount(amounts, day)]);
          }
        },
      ),
    );
  });
});

describe("rough histories", () => {
  const rhythm = (day: UtcDay) => (weekdayOf(day) % 6 === 0 ? 20 : 100);
  const plain = pastOf(HISTORY_DAYS, (day) => String(rhythm(day)));
  const ahead = (past: readonly PastDay[]) =>
    Number(forecastMay(past).days.at(-1)?.total) - Number(forecastMay(past).soFar);

  it("a few spikes, up or down, change nothing", () => {
    const spiky = plain.map(({ day, amount: usual }, i) => ({
      day,
      amount: i % 19 === 7 ? "90000" : i === 30 ? "-500" : usual,
    }));
    expect(ahead(spiky)).toBeCloseTo(ahead(plain), 6);
  });

  it("a runaway week changes little", () => {
    const wrecked = plain.map(({ day, amount: usual }, i) => ({ day, amount: i >= 42 && i < 49 ? "5000" : usual }));
    expect(ahead(wrecked) / ahead(plain)).toBeCloseTo(1, 1);
  });

  it("growth goes on, but fades", () => {
    const growing = pastOf(HISTORY_DAYS, (day, i) => (rhythm(day) * (1 + i / 56)).toFixed(6));
    const next = ahead(growing) / ahead(plain);
    expect(next).toBeGreaterThan(1.9);
    expect(next).toBeLessThan(2.15);
    const far = Number(projectDays(growing).expectedOn("2027-05-18")) / rhythm("2027-05-18");
    expect(far).toBeLessThan(2.6);
  });

  it("what shrinks never comes below nothing", () => {
    const shrinking = pastOf(HISTORY_DAYS, (day, i) => (rhythm(day) * Math.max(0, 1 - i / 50)).toFixed(6));
    for (const day of utcDaysBetween(TODAY, "2026-07-01")) {
      expect(Number(projectDays(shrinking).expectedOn(day))).toBeGreaterThanOrEqual(0);
    }
  });

  it("days nobody fetched are neither zero nor in the way", () => {
    const holes = plain.map(({ day, amount: usual }, i) => ({ day, amount: i % 5 === 0 ? null : usual }));
    expect(ahead(holes)).toBeGreaterThan(ahead(plain) * 0.99);
    const { gapDays, expected, soFar } = forecastMay(holes);
    expect(gapDays).toBe(holes.filter((one) => one.amount === null && one.day >= "2026-05-01").length);
    expect(Number(expected)).toBeCloseTo(Number(forecastMay(plain).expected), 6);
    expect(Number(soFar)).toBeLessThan(Number(forecastMay(plain).soFar));
  });
});

describe("a short history", () => {
  it("of less than three days expects nothing", () => {
    const { quality, expected, low, soFar } = forecastMay(pastOf(2, () => "7"));
    expect({ quality, expected, low, soFar }).toEqual({ quality: "none", expected: null, low: null, soFar: "14" });
  });

  it("of less than two weeks has no band", () => {
    const { quality, expected, low, high, historyDays } = forecastMay(pastOf(13, () => "7"));
    expect({ quality, expected, low, high, historyDays }).toEqual({
      quality: "short",
      expected: String(7 * 31),
      low: null,
      high: null,
      historyDays: 13,
    });
  });

  it("begins with the first spend, not with the first day that was fetched", () => {
    const { quality, historyDays } = forecastMay(pastOf(HISTORY_DAYS, (_, i) => (i < 50 ? "0" : "7")));
    expect({ quality, historyDays }).toEqual({ quality: "short", historyDays: 6 });
  });

  it("without any spend expects nothing", () => {
    expect(forecastMay(pastOf(HISTORY_DAYS, () => "0"))).toMatchObject({ quality: "none", expected: null, soFar: "0" });
  });
});

describe("today", () => {
  const plain = pastOf(HISTORY_DAYS, () => "24");

  it("counts as far as it is known, and the rest of it as usual", () => {
    const { days, expected } = forecastMay(plain, { amount: "100", state: "open" });
    expect(days[17]).toMatchObject({ state: "open", actual: "100", rest: "12" });
    expect(expected).toBe(String(17 * 24 + 112 + 13 * 24));
  });

  it("is expected as a whole where nothing is known of it", () => {
    expect(forecastMay(plain).days[17]).toMatchObject({ state: "open", actual: null, rest: "24" });
  });

  it("of the last day of a month leaves nothing but its own rest", () => {
    const { expected } = forecastPeriod({
      past: plain.map(given),
      today: { day: TODAY, amount: "24", state: "open" },
      elapsed: 1,
      period: utcDaysBetween("2026-05-01", addUtcDays(TODAY, 1)),
    });
    expect(expected).toBe(String(18 * 24));
  });
});

/** The same numbers at every run. */
function numbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return () => next() + next() + next() + next() - 2;
}

describe("the band", () => {
  it("holds about eight of ten months, never narrower than what is spent", () => {
    let held = 0;
    const runs = 150;
    for (let run = 1; run <= runs; run++) {
      const random = numbers(run * 7919);
      let level = 1;
      const real = new Map<UtcDay, number>();
      for (const day of utcDaysBetween(addUtcDays(TODAY, -HISTORY_DAYS), "2026-06-01")) {
        if (weekdayOf(day) === 1) level *= 1 + 0.06 * random();
        real.set(day, (weekdayOf(day) % 6 === 0 ? 30 : 100) * level * (1 + 0.25 * random()));
      }
      const { low, high, soFar } = forecastMay(pastOf(HISTORY_DAYS, (day) => (real.get(day) ?? 0).toFixed(4)));
      const month = [...real].filter(([day]) => day >= "2026-05-01").reduce((sum, [, one]) => sum + one, 0);
      if (Number(low) <= month && month <= Number(high)) held++;
      expect(Number(low)).toBeGreaterThanOrEqual(Number(soFar));
    }
    expect(held / runs).toBeGreaterThan(0.7);
    expect(held / runs).toBeLessThan(0.93);
  });
});
