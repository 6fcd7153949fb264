import { AnomalyRow } from "@/components/anomalies/anomaly-row";
import type { Anomaly } from "@/server/anomalies/schema";

/** Incidents one below the other, in the order given. */
export const AnomalyList = ({ anomalies }: { anomalies: readonly Anomaly[] }) => (
  <ul className="divide-y">
    {anomalies.map((anomaly) => (
      <AnomalyRow key={`${anomaly.direction} ${anomaly.dimension} ${anomaly.key} ${anomaly.day}`} anomaly={anomaly} />
    ))}
  </ul>
);
