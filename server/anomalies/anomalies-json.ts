import type { AnomaliesResult, Anomaly } from "@/server/anomalies/schema";
import type { JsonValue } from "@/server/lib/exact-json-text";

/** Anomalies for programs. Its names are a promise to scripts: never rename, only add. Amounts are decimal texts. */
export const anomaliesToJson = ({ range, anomalies, historyDays, freshness }: AnomaliesResult): JsonValue => ({
  from: range.from,
  to: range.to,
  history_days: historyDays,
  anomalies: anomalies.map(anomalyToJson),
  as_of: freshness.asOf,
});

const anomalyToJson = (anomaly: Anomaly) => ({
  direction: anomaly.direction,
  dimension: anomaly.dimension,
  key: anomaly.key || null,
  name: anomaly.label?.name ?? null,
  from: anomaly.range.from,
  to: anomaly.range.to,
  is_ongoing: anomaly.isOngoing,
  stopped_on: anomaly.stoppedOn,
  amount: anomaly.amount,
  expected: anomaly.expected,
  excess: anomaly.excess,
  days: anomaly.days.map(({ day, amount, expected }) => ({ day, amount, expected })),
  causes: anomaly.causes.map(({ label, excess, isNew }) => ({
    dimension: label.dimension,
    key: label.key,
    name: label.name,
    excess,
    is_new: isNew,
  })),
  dismissed: anomaly.dismissal && { reason: anomaly.dismissal.reason, at: anomaly.dismissal.at },
});
