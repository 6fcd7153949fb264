import { renderTable } from "@/cli/output/table";
import type { AnomaliesResult, Anomaly, AnomalyCause } from "@/server/anomalies/schema";
import { addUtcDays } from "@/server/lib/time";

/** Anomalies for people: when, what, how much over (+) or under (-) the expected, and because of whom. */
export function anomaliesToText({ anomalies, historyDays, freshness }: AnomaliesResult): string {
  const asOf = freshness.asOf ? `As of ${freshness.asOf}.` : "Never fetched completely.";
  if (anomalies.length === 0) return `Nothing stands out. Rests on ${historyDays} known days.\n${asOf}`;
  const table = renderTable(
    [
      { title: "first day" },
      { title: "last day" },
      { title: "what" },
      { title: "amount", align: "decimal" },
      { title: "against expected", align: "decimal" },
      { title: "because of" },
      { title: "dismissed" },
    ],
    anomalies.map((anomaly) => [
      anomaly.range.from,
      addUtcDays(anomaly.range.to, -1),
      nameOf(anomaly),
      anomaly.amount,
      `${anomaly.direction === "rise" ? "+" : ""}${anomaly.excess}`,
      anomaly.causes.map(causeText).join(", "),
      anomaly.dismissal?.reason,
    ]),
  );
  return `${table}\n\n${asOf}`;
}

function nameOf({ dimension, key, label }: Anomaly): string {
  if (label === null) return "all spend";
  return `${dimension} ${label.name ?? (key || "unattributed")}`;
}

const causeText = ({ label, isNew }: AnomalyCause) =>
  `${label.dimension} ${label.name ?? label.key ?? "unattributed"}${isNew ? " (new)" : ""}`;
