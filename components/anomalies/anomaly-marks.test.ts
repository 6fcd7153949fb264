import { describe, expect, it } from "vitest";
import { anomalyMarks } from "@/components/anomalies/anomaly-marks";
import { makeAnomaly } from "@/components/anomalies/testing";
import type { Anomaly } from "@/server/anomalies/schema";

const marksOf = (anomalies: Anomaly[], bucketOf: (day: string) => string | undefined) =>
  anomalyMarks(anomalies, {
    bucketOf,
    say: ({ key }, { from, to, amount, expected }) => `${key} ${from} ${to} ${amount} ${expected}`,
  });

describe("flags of a chart", () => {
  it("stand over each day that stands out", () => {
    expect(marksOf([makeAnomaly()], (day) => day)).toEqual([
      { day: "2026-03-02", text: "key_a 2026-03-02 2026-03-02 10 1", isQuiet: false },
      { day: "2026-03-03", text: "key_a 2026-03-03 2026-03-03 20.5 2", isQuiet: false },
    ]);
  });

  it("are one for the days of a week, with their sums", () => {
    expect(marksOf([makeAnomaly()], () => "2026-03-02")).toEqual([
      { day: "2026-03-02", text: "key_a 2026-03-02 2026-03-03 30.5 3", isQuiet: false },
    ]);
  });

  it("are quiet over falls, and there are none of what was dismissed or is not drawn", () => {
    const dismissal = { reason: "meant", by: null, at: "2026-03-09T00:00:00Z", day: "2026-03-02" };
    expect(marksOf([makeAnomaly({ direction: "fall" })], () => "2026-03-02")[0]?.isQuiet).toBe(true);
    expect(marksOf([makeAnomaly({ dismissal })], (day) => day)).toEqual([]);
    expect(marksOf([makeAnomaly()], () => undefined)).toEqual([]);
  });
});
