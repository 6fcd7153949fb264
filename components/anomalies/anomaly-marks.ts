import type { ChartMark } from "@/components/charts/prepare/types";
import { type DecimalText, sumDecimals } from "@/components/lib/decimal";
import type { Day } from "@/components/lib/format-date";
import type { Anomaly } from "@/server/anomalies/schema";

/** What stands out within a bucket of a chart: UTC days of one anomaly, first and last included. */
export type MarkedDays = { from: Day; to: Day; amount: DecimalText | null; expected: DecimalText | null };

type Marking = {
  /** The bucket that a UTC day is drawn in; undefined where it is not drawn. */
  bucketOf: (day: Day) => Day | undefined;
  say: (anomaly: Anomaly, days: MarkedDays) => string;
};

/** Flags for the buckets that days stand out in, one for each anomaly and bucket; dismissed ones have none. Pure. */
export function anomalyMarks(anomalies: readonly Anomaly[], { bucketOf, say }: Marking): ChartMark[] {
  return anomalies
    .filter(({ dismissal }) => dismissal === null)
    .flatMap((anomaly) => {
      const byBucket = Map.groupBy(anomaly.days, ({ day }) => bucketOf(day));
      return [...byBucket].flatMap(([bucket, days]): ChartMark[] => {
        const [first, last] = [days[0], days.at(-1)];
        if (!bucket || !first || !last) return [];
        const text = say(anomaly, {
          from: first.day,
          to: last.day,
          amount: sumDecimals(days.map(({ amount }) => amount)),
          expected: sumDecimals(days.map(({ expected }) => expected)),
        });
        return [{ day: bucket, text, isQuiet: anomaly.direction === "fall" }];
      });
    });
}
