import { mix, unit } from "./hash";

export type RhythmName = "office" | "service" | "nightly" | "bursty";

/** Relative activity per local hour, midnight first. */
const hourWeights: Readonly<Record<RhythmName, readonly number[]>> = {
  office: [0, 0, 0, 0, 0, 0, 1, 3, 7, 10, 11, 11, 7, 9, 11, 11, 10, 8, 4, 2, 1, 1, 0, 0],
  service: [3, 2, 2, 2, 2, 3, 5, 7, 9, 10, 10, 10, 9, 10, 10, 10, 10, 9, 9, 8, 8, 7, 6, 4],
  nightly: [6, 12, 14, 10, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 3],
  bursty: [0, 0, 1, 0, 0, 0, 0, 2, 9, 2, 12, 1, 1, 14, 3, 1, 9, 1, 0, 4, 0, 0, 1, 0],
};

/** Relative activity per weekday, Sunday first. */
const weekdayWeights: Readonly<Record<RhythmName, readonly number[]>> = {
  office: [0.03, 1, 1.1, 1.12, 1.06, 0.86, 0.06],
  service: [0.62, 1.04, 1.1, 1.1, 1.08, 1, 0.66],
  nightly: [0.8, 1, 1, 1, 1, 1, 0.8],
  bursty: [0.1, 0.8, 1.3, 0.7, 1.4, 0.6, 0.2],
};

export function weekdayLevel(rhythm: RhythmName, day: number): number {
  // The epoch began on a Thursday.
  return weekdayWeights[rhythm][(day + 4) % 7] ?? 1;
}

/**
 * Writes the cumulative share of a day's calls at each full UTC hour: out[offset] = 0 to out[offset + 24] = 1.
 * Shares differ a little from day to day, but only by the hash.
 */
export function writeDayCurve(
  out: Float64Array,
  offset: number,
  day: { hash: number; rhythm: RhythmName; utcOffset: number },
): void {
  const weights = hourWeights[day.rhythm];
  let total = 0;
  out[offset] = 0;
  for (let hour = 0; hour < 24; hour += 1) {
    const weight = weights[(hour + day.utcOffset + 24) % 24] ?? 0;
    if (weight > 0) total += weight * (0.6 + 0.8 * unit(mix(day.hash, hour)));
    out[offset + hour + 1] = total;
  }
  for (let hour = 1; hour < 24; hour += 1) out[offset + hour] = (out[offset + hour] ?? 0) / total;
  out[offset + 24] = 1;
}

/** Share of an hour's calls that have happened at a minute: 0 at 0, 1 at 60, never decreasing. */
export function minuteShare(hash: number, minute: number): number {
  if (minute <= 0) return 0;
  if (minute >= 60) return 1;
  return (minute + 0.9 * unit(mix(hash, 1000 + minute))) / 60.9;
}
