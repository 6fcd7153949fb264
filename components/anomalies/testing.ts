import type { Anomaly } from "@/server/anomalies/schema";

/** One that is made up: two days in March of a key at ten times the usual. */
export const makeAnomaly = (of: Partial<Anomaly> = {}): Anomaly => ({
  direction: "rise",
  dimension: "api_key",
  key: "key_a",
  day: "2026-03-02",
  label: null,
  range: { from: "2026-03-02", to: "2026-03-04" },
  isOngoing: false,
  stoppedOn: null,
  amount: "30.5",
  expected: "3",
  excess: "27.5",
  days: [
    { day: "2026-03-02", amount: "10", expected: "1" },
    { day: "2026-03-03", amount: "20.5", expected: "2" },
  ],
  causes: [],
  dismissal: null,
  ...of,
});
