import { describe, expect, it } from "vitest";
import { mix } from "./hash";
import { minuteShare, type RhythmName, weekdayLevel, writeDayCurve } from "./rhythm";

describe("the curve of a day", () => {
  it.each<RhythmName>(["office", "service", "nightly", "bursty"])("%s rises from 0 to 1 without falling", (rhythm) => {
    const curve = new Float64Array(25);
    for (let day = 0; day < 50; day += 1) {
      writeDayCurve(curve, 0, { hash: mix(7, day), rhythm, utcOffset: (day % 24) - 12 });
      expect([curve[0], curve[24]]).toEqual([0, 1]);
      for (let hour = 0; hour < 24; hour += 1) expect(curve[hour + 1]).toBeGreaterThanOrEqual(curve[hour] ?? 1);
    }
  });

  it("of an hour rises from 0 to 1 without falling", () => {
    for (let hash = 0; hash < 50; hash += 1) {
      for (let minute = 0; minute < 60; minute += 1)
        expect(minuteShare(hash, minute + 1)).toBeGreaterThan(minuteShare(hash, minute));
    }
    expect([minuteShare(1, 0), minuteShare(1, 60)]).toEqual([0, 1]);
  });
});

it("offices rest on Saturday and Sunday", () => {
  const saturday = Date.UTC(2026, 10, 21) / 86_400_000;
  expect(weekdayLevel("office", saturday)).toBeLessThan(0.1);
  expect(weekdayLevel("office", saturday + 1)).toBeLessThan(0.1);
  expect(weekdayLevel("office", saturday + 2)).toBeGreaterThan(0.9);
});
