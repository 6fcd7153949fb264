import { parseAsStringLiteral } from "nuqs/server";
import { anomalyDimensions, anomalyDirections } from "@/server/anomalies/constants";
import type { Anomaly } from "@/server/anomalies/schema";

export const anomalyStates = ["open", "dismissed", "all"] as const;

/** Which of them are listed; what is null is not asked for. */
export const anomalyParams = {
  state: parseAsStringLiteral(anomalyStates).withDefault("open"),
  kind: parseAsStringLiteral(anomalyDimensions),
  direction: parseAsStringLiteral(anomalyDirections),
};

type Asked = {
  state: (typeof anomalyStates)[number];
  kind: Anomaly["dimension"] | null;
  direction: Anomaly["direction"] | null;
};

/** Those of a kind and direction, with how many of them are open and dismissed, and those in the state asked for. */
export function chooseAnomalies(anomalies: readonly Anomaly[], { state, kind, direction }: Asked) {
  const alike = anomalies.filter(
    (one) => (kind === null || one.dimension === kind) && (direction === null || one.direction === direction),
  );
  const open = alike.filter(({ dismissal }) => dismissal === null);
  const dismissed = alike.filter(({ dismissal }) => dismissal !== null);
  const byState = { open, dismissed, all: alike };
  return { shown: byState[state], counts: { open: open.length, dismissed: dismissed.length, all: alike.length } };
}
